# Sentences of the kernel that don't belong to an error class.

password-too-short =
    { $length ->
        [one] The password has one character; use at least { $minimum }.
       *[other] The password has { $length } characters; use at least { $minimum }.
    }
password-too-long = The password is longer than { $maximum } characters; choose a shorter one.
password-is-login = The password is your sign-in name or holds little else; choose one that nobody can guess from it.
password-too-simple = The password repeats a few characters or is among the first that anyone tries; a few unrelated words are better.

## What does not fit in a field of the input; the field's path stands before it.

field-summary-none = The input does not fit.
field-summary-separator = {"; "}
field-whole-input = input
field-unfit = is not valid
field-missing = is needed
field-extra = is not known here
field-fixed = can't be changed
field-key = has a key that is not text
field-json = is not valid JSON
field-too-deep = is nested too deeply
field-object = must be an object
field-list = must be a list
field-list-short =
    { $minimum ->
        [one] must have at least one entry
       *[other] must have at least { $minimum } entries
    }
field-list-long =
    { $maximum ->
        [one] may have at most one entry
       *[other] may have at most { $maximum } entries
    }
field-null = must be null
field-text = must be text
field-unicode = is not valid Unicode text
field-nul = may not hold the NUL character
field-text-short =
    { $minimum ->
        [one] must have at least one character
       *[other] must have at least { $minimum } characters
    }
field-text-long =
    { $maximum ->
        [one] may have at most one character
       *[other] may have at most { $maximum } characters
    }
field-pattern = must match the pattern { $pattern }
field-ascii = may hold ASCII characters only
field-bytes-short =
    { $minimum ->
        [one] must have at least one byte
       *[other] must have at least { $minimum } bytes
    }
field-bytes-long =
    { $maximum ->
        [one] may have at most one byte
       *[other] may have at most { $maximum } bytes
    }
field-choice =
    { $count ->
        [one] must be { $choices }
       *[other] must be one of: { $choices }
    }
field-choice-missing = does not say which kind it is
field-above = must be greater than { $limit }
field-at-least = must be at least { $limit }
field-below = must be less than { $limit }
field-at-most = must be at most { $limit }
field-multiple = must be a multiple of { $step }
field-finite = must be a finite number
field-yes-no = must be true or false
field-whole = must be a whole number
field-too-large = is too large a number
field-number = must be a number
field-digits =
    { $maximum ->
        [one] may have one digit at most
       *[other] may have { $maximum } digits at most
    }
field-decimals =
    { $maximum ->
        [one] may have one digit at most after the point
       *[other] may have { $maximum } digits at most after the point
    }
field-whole-digits =
    { $maximum ->
        [one] may have one digit at most before the point
       *[other] may have { $maximum } digits at most before the point
    }
field-date = must be a date such as 2026-03-14
field-time = must be a time of day such as 09:26
field-moment = must be a date and time such as 2026-03-14T09:26:53Z
field-past = must be in the past
field-future = must be in the future
field-zone = must name its time zone, as 2026-03-14T09:26:53Z does
field-no-zone = may not name a time zone
field-duration = must be a duration such as PT15M
field-url = must be an address such as https://gitu.example.org
field-url-scheme = must be an address that begins with one of: { $choices }
field-id = must be an id (a UUID)
field-taken = is taken
field-wrong = is not right
field-unknown = is not known
field-passed = has passed
field-future-zoned = must be a time in the future, with its zone
field-base64 = is not base64
field-cursor = is not one of this list's cursors; start without one
field-whole-path = is not a whole path such as /home/amal/reports
field-absolute-url = must be an absolute URL such as https://gitu.example.org
field-amount = must be an amount such as 12.50, with at most { $before } digits before the point and { $after } after it
field-amount-inexact = must be written as text, such as "12.50": a JSON number with a point is not exact
field-idempotency-key = must be 1 to 200 visible ASCII characters

settings-not-toml = { $file } is not valid TOML: { $reason }

# What the kernel's tables hold of people.

kind-permissions = Permissions
kind-permissions-what = What you allowed the assistant and programs to do, and what they asked you for.
kind-permissions-why = So that nothing is done for you that you did not allow.
kind-activity = Activity log
kind-activity-what = Which action was run when, through which door, with what outcome: no contents, no names, only ids.
kind-activity-why = To prove what was done here, and by whom.
kind-technical = Technical notes
kind-technical-what = Events for open windows, answers to repeated calls, jobs, and log lines that name you by an id.
kind-technical-why = So that screens stay up to date and work that was cut off goes on.

stays-audit = The log proves what was done here, which the security of everyone and the law ask for; its rows are chained, so that none can be taken out. They name you by an id that belongs to nobody any more.

privacy-kept-until-deleted = Kept until you delete it.
privacy-kept-with-account = Kept as long as you have an account here.
privacy-kept-for-days = { $count ->
    [one] Kept for one day.
   *[other] Kept for { $count } days.
}
privacy-kept-for-hours = { $count ->
    [one] Kept for one hour.
   *[other] Kept for { $count } hours.
}
privacy-kept-always = Kept as long as this Gitu exists.
