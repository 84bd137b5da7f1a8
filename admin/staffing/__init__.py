"""Who works here: posts that two people give and one takes away, new sign-ins, and people who
leave."""
