"""One detector a file: what each looks for is in its KINDS; `scoring/reading.py` lists them in the order they run."""
