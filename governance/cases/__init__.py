"""Cases: the rows, who may do what, and when."""
