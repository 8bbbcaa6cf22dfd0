"""What trust runs for people; their requests and permissions are the kernel's tables."""

from gitu.kernel.privacy.registry import declare_jobs

declare_jobs("approvals", "approved-")
