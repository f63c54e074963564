"""What another system's records say, in our words: plain values in, plain values out."""
