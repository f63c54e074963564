"""Reading: an open session, a viewer's scope and a selection in; plain records out."""
