"""Agreement of the forward: what initlint says of each weight layer is what a live pass shows, over real classes."""
