"""A disk that forgets what nobody had put onto it, for power cuts: a file system of our own, in
memory, above a folder that holds what a real disk would certainly hold."""
