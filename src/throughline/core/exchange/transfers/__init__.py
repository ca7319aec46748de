"""Transfer files that we send: what the school a child goes to may know, and nothing that is kept from others."""
