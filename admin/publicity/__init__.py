"""The record of publicity (plan 五(二)1, 六(二)): what was put up, handed out, read out."""
