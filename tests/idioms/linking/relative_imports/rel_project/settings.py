BIAS = False
STD = 0.05
