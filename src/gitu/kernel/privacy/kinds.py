"""The kinds of data that the kernel's own tables hold."""

from gitu.kernel.privacy.registry import declare_kind

declare_kind("permissions", kept="for_days", setting="keep_approvals_days")
declare_kind("activity", kept="always")
declare_kind("technical", kept="for_days", setting="keep_events_days")
