"""谁主管谁负责 in the office's hands: looking at the dated rows, changing them, seeing what that
would have done."""
