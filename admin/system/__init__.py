"""Running the product: set-up, worker, audit of the event chain, doctor."""
