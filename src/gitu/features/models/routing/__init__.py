"""The router: which model is asked, by what a request needs, what models cost and how they did lately."""
