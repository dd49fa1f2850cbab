"""The law of agreement: what the static model says is what torch builds."""
