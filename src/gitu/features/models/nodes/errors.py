"""What can go wrong with nodes."""

from gitu.kernel.errors import Conflict, NotFound


class NodeUnknown(NotFound):
    code = "models.node_unknown"
    title = "No such node"
    text = "There is no node {$name}; /models list-nodes shows those there are."


class NodeExists(Conflict):
    code = "models.node_exists"
    title = "There is such a node already"
    text = "There is a node {$name} already; choose another name, or change that one."


class TooManyNodes(Conflict):
    code = "models.too_many_nodes"
    title = "Too many nodes"
    text = "There are {$limit} nodes already; remove one that is not used any more."
