"""`make soak`: the product as it runs, killed, held up and out of room again and again while people
write to it; afterwards whoever was told that his words arrived must find them, once."""
