"""What the staff do: sign in, work their queues, keep the ledger, publish. It may use intake and
portal."""
