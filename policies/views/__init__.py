"""The public pages. A view chooses what to show; `presenters` make it fit to print."""
