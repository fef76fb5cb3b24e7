"""Tables that office programs write, read cell by cell. Pure, and made to work in a child process of its own."""
