"""Every code that the workbench refuses a request with: what a program decides by."""

from __future__ import annotations

from safelight.sentences import sentence

CODES = {
    "account.none": sentence("There is no account here: nobody has to sign in."),
    "accounts.unreadable": sentence("The list of users cannot be read."),
    "accounts.unwritable": sentence("The list of users cannot be written."),
    "connection.not-understood": sentence("What came is no HTTP request."),
    "form.malformed": sentence("The form is broken, or cut off."),
    "form.media-type": sentence("The body is no form."),
    "form.too-large": sentence("The form has too many fields, or one that is too long."),
    "grant.missing": sentence("The one who asks may not do this."),
    "grant.none": sentence("Whoever signed in may use nothing here."),
    "job.fault": sentence("The job ended by a fault of the program."),
    "job.keeps-too-much": sentence("The job's files are more than one may keep."),
    "job.out-of-time": sentence("The job took longer than it may."),
    "job.over": sentence("The job is over: there is nothing to say to it."),
    "job.too-many": sentence("Too many jobs wait or run."),
    "job.unknown": sentence("No such job, or not yours."),
    "job.unknown-command": sentence("No such command."),
    "option.repeated": sentence("An option came twice."),
    "option.too-long": sentence("The value of an option is too long."),
    "option.unknown": sentence("No such option."),
    "option.value": sentence("An option has a value that it does not take."),
    "provider.denied": sentence("The organisation's sign-in service let nobody in."),
    "provider.state": sentence("The sign-in was begun elsewhere, or took too long."),
    "provider.unbelieved": sentence(
        "What the organisation's sign-in service sent cannot be believed."
    ),
    "provider.unreachable": sentence("The organisation's sign-in service does not answer."),
    "request.bad": sentence("The request cannot be understood."),
    "request.cross-site": sentence("Another site caused the request."),
    "request.forbidden": sentence("This is not allowed."),
    "request.form-expired": sentence("The token of the form is missing, or of an ended session."),
    "request.forwarded": sentence("A proxy passed on headers that cannot be right."),
    "request.long-address": sentence("The address is too long."),
    "request.method": sentence("The address does not take this method."),
    "request.not-found": sentence("The address leads nowhere."),
    "request.too-many": sentence("Too many requests; `Retry-After` says when to come again."),
    "request.too-slow": sentence("The body came too slowly."),
    "request.unknown-host": sentence("The server does not answer under this name."),
    "request.unusable": sentence("What came cannot be used."),
    "server.busy": sentence("No room for another request; `Retry-After` says when to come again."),
    "server.fault": sentence("A fault of the program."),
    "server.other": sentence("Another server did not do its part."),
    "sign-in.needed": sentence("Nobody knows who sent this: sign in, or send a token."),
    "state.full": sentence("No room for another visitor's files."),
    "state.unreachable": sentence("What keeps sessions, files and jobs does not answer."),
    "upload.field": sentence("A file came in a field that takes none."),
    "upload.none": sentence("No file came."),
    "upload.too-large": sentence("A file, or all together, are too large."),
    "upload.too-many": sentence("Too many files."),
    "upload.unsupported": sentence("This kind of file is not read."),
    "vault.full": sentence("It is more than one visitor may keep."),
}
"""Those of tools are their own: `file.` with what is wrong in a file."""
