"""What can be wrong with a connection to Amazon Bedrock and with no other."""

from gitu.features.models.errors import ModelCallFailed
from gitu.kernel.errors import Invalid


class RegionNeeded(Invalid):
    code = "models.region_needed"
    title = "The region is missing"
    text = "Amazon Bedrock needs its region, such as eu-central-1; add it as base_url."


class BedrockMissing(ModelCallFailed):
    code = "models.bedrock_missing"
    title = "Amazon Bedrock is not installed"
    text = "{$connection} needs packages that are not installed; run pip install 'gitu[bedrock]' and start Gitu again."


class ModelNotOpened(ModelCallFailed):
    code = "models.not_opened"
    title = "The model is not open to you"
    text = "{$connection} does not let your account use {$model}; ask for access to it there, or choose another model."
