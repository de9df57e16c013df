"""The author's objection to somebody who acts, or could act, in the case about them."""
