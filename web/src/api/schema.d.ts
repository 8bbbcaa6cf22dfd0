/** Generated from the server's OpenAPI by `npm run api`; not edited by hand. */
export interface paths {
    "/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everything you may do here, with the input each needs
         * @description List everything you may do here, with the input each needs.
         *
         *     Scope: `actions:read` · risk: read
         */
        get: operations["trust__list_actions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your API keys
         * @description List your API keys.
         *
         *     Scope: `keys:read` · risk: read
         */
        get: operations["identity__list_api_keys"];
        put?: never;
        /**
         * Create an API key with some of your permissions; it is shown once
         * @description Create an API key with some of your permissions; it is shown once.
         *
         *     What the key may do without asking you are permissions of its own, which you see and revoke like any other. It asks
         *     first whether it is you.
         *
         *     Scope: `keys:write` · risk: write
         */
        post: operations["identity__create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key at once
         * @description Revoke an API key at once.
         *
         *     Scope: `keys:write` · risk: dangerous
         */
        delete: operations["identity__revoke_api_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what waits for your approval, and what you decided
         * @description List what waits for your approval, and what you decided.
         *
         *     Scope: `approvals:read` · risk: read
         */
        get: operations["trust__list_approvals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approval_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one request: exactly what it would do, who asks, and what became of it
         * @description Show one request: exactly what it would do, who asks, and what became of it.
         *
         *     Scope: `approvals:read` · risk: read
         */
        get: operations["trust__get_approval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approval_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a held request; it runs at once, exactly as shown
         * @description Approve a held request; it runs at once, exactly as shown.
         *
         *     With ``remember`` the same may be done again without asking: in this conversation, until a time, or always, within
         *     the limits given.
         *
         *     Scope: `approvals:decide` · risk: write
         */
        post: operations["trust__approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approval_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deny a held request; nothing runs
         * @description Deny a held request; nothing runs.
         *
         *     Scope: `approvals:decide` · risk: write
         */
        post: operations["trust__deny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the audit log: who did what, through which door, and what came of it
         * @description Search the audit log: who did what, through which door, and what came of it.
         *
         *     Scope: `audit:read` · risk: read
         */
        get: operations["trust__list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept
         * @description Create an account with an invitation and sign in.
         */
        post: operations["identity__accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start
         * @description Begin to sign in, or to join, with the OpenID provider.
         */
        post: operations["identity__start_openid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/pairing-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem
         * @description Sign a terminal in with a pairing token made in the web app; the tokens come in the answer.
         */
        post: operations["identity__redeem_pairing_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start
         * @description Let a terminal wait to be confirmed on a device that is signed in.
         */
        post: operations["identity__start_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/pairings/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim
         * @description Sign a confirmed terminal in; the tokens come in the answer.
         */
        post: operations["identity__claim_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Sign in with a passkey; the tokens come as cookies that scripts can't read.
         */
        post: operations["identity__sign_in_with_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Sign In
         * @description Begin to sign in with a passkey.
         */
        post: operations["identity__start_passkey_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description Trade the refresh token (cookie, or bearer for terminals) for new tokens.
         */
        post: operations["identity__refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Second Step
         * @description Finish signing in on this browser with a one-time code or a recovery code.
         */
        post: operations["identity__take_second_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Setup
         * @description Create the owner with the one-time link printed at first start.
         */
        post: operations["identity__create_owner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Sign in on this browser; the tokens come as cookies that scripts can't read.
         */
        post: operations["identity__sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out
         * @description Sign this device out; its tokens are dead from now on.
         */
        post: operations["identity__sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Up
         * @description Create an account where the owner has opened sign-up, and sign in.
         */
        post: operations["identity__sign_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tokens
         * @description Sign in on a terminal; the tokens come in the answer.
         */
        post: operations["identity__create_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tokens Second Step
         * @description Finish signing in on a terminal with a one-time code or a recovery code.
         */
        post: operations["identity__create_tokens_second_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices you are signed in on
         * @description List the devices you are signed in on.
         *
         *     Scope: `devices:read` · risk: read
         */
        get: operations["identity__list_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/sign-out-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere else, at once
         * @description Sign out everywhere else, at once.
         *
         *     Scope: `devices:write` · risk: dangerous
         */
        post: operations["identity__revoke_other_devices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign a device out at once
         * @description Sign a device out at once.
         *
         *     Scope: `devices:write` · risk: dangerous
         */
        delete: operations["identity__revoke_device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was changed in your folders by you or for you, newest first
         * @description List what was changed in your folders by you or for you, newest first.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/changes/{change_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change of a file: what it replaced comes back. The undo can itself be undone
         * @description Undo a change of a file: what it replaced comes back. The undo can itself be undone.
         *
         *     Scope: `files:write` · risk: write
         */
        post: operations["files__undo_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a file, or a stretch of a large one
         * @description Read a file, or a stretch of a large one.
         *
         *     When next_offset is not null there is more: call again with it as offset. Binary files come as base64 only.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__read_file"];
        /**
         * Write a file: a new one, or the whole content of one that is there. It can be undone for a while
         * @description Write a file: a new one, or the whole content of one that is there. It can be undone for a while.
         *
         *     Scope: `files:write` · risk: write
         */
        put: operations["files__write_file"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Replace an exact text in a file. It can be undone for a while
         * @description Replace an exact text in a file. It can be undone for a while.
         *
         *     Scope: `files:write` · risk: write
         */
        patch: operations["files__edit_file"];
        trace?: never;
    };
    "/files/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a file, also into another allowed folder. It can be undone for a while
         * @description Copy a file, also into another allowed folder. It can be undone for a while.
         *
         *     Scope: `files:write` · risk: write
         */
        post: operations["files__copy_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description Get a file as it is, to be saved: it is never shown as a page of Gitu.
         */
        get: operations["files__download_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is in a folder
         * @description List what is in a folder.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__list_entries"];
        put?: never;
        /**
         * Make a new folder
         * @description Make a new folder.
         *
         *     Scope: `files:write` · risk: write
         */
        post: operations["files__make_folder"];
        /**
         * Delete a file or folder: it goes to the trash, from which it can be brought back for a while
         * @description Delete a file or folder: it goes to the trash, from which it can be brought back for a while.
         *
         *     Scope: `files:write` · risk: write
         */
        delete: operations["files__delete_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the folders you may use, your own workspace first
         * @description List the folders you may use, your own workspace first.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__list_folders"];
        put?: never;
        /**
         * Allow a person a folder of the server's machine
         * @description Allow a person a folder of the server's machine.
         *
         *     Everything below it can be read, and with writable changed, by that person and by what acts for them.
         *
         *     Scope: `files:admin` · risk: dangerous
         */
        post: operations["files__allow_folder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/folders/{folder_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an allowed folder back; it is closed from the next operation on, and no file is touched
         * @description Take an allowed folder back; it is closed from the next operation on, and no file is touched.
         *
         *     Scope: `files:write` · risk: write
         */
        delete: operations["files__revoke_folder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move or rename a file or folder within one allowed folder. It can be undone for a while
         * @description Move or rename a file or folder within one allowed folder. It can be undone for a while.
         *
         *     Scope: `files:write` · risk: write
         */
        post: operations["files__move_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description Show what a change would do, with the difference of the texts, without doing it.
         */
        post: operations["files__preview_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/runs/{run_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo what a command changed in your files
         * @description Undo what a command changed in your files.
         *
         *     What was changed again since, or was too large to be kept, stays as it is and is named.
         *
         *     Scope: `files:write` · risk: write
         */
        post: operations["files__undo_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search names and texts below a folder
         * @description Search names and texts below a folder.
         *
         *     The search is bounded in work and time; stopped says which bound ended it.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__search_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/stat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the kind, size and time of a file or folder
         * @description Show the kind, size and time of a file or folder.
         *
         *     Scope: `files:read` · risk: read
         */
        get: operations["files__stat_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Write a file from the request's body, whatever it holds; the largest body taken is a setting.
         */
        post: operations["files__upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the assistant and your programs may do without asking, and how far
         * @description List what the assistant and your programs may do without asking, and how far.
         *
         *     Scope: `grants:read` · risk: read
         */
        get: operations["trust__list_grants"];
        put?: never;
        /**
         * Let the assistant or one of your programs do something without asking, within limits
         * @description Let the assistant or one of your programs do something without asking, within limits.
         *
         *     Scope: `grants:write` · risk: write
         */
        post: operations["trust__create_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a permission back; it holds from the next call on
         * @description Take a permission back; it holds from the next call on.
         *
         *     Scope: `grants:write` · risk: write
         */
        delete: operations["trust__revoke_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show this Gitu's name, version and whether it has an owner
         * @description Show this Gitu's name, version and whether it has an owner.
         *
         *     Scope: `none` · risk: read
         */
        get: operations["identity__get_instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/openid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the OpenID provider that people can sign in with
         * @description Show the OpenID provider that people can sign in with.
         *
         *     Scope: `instance:write` · risk: read
         */
        get: operations["identity__get_openid_provider"];
        /**
         * Let people sign in with an OpenID provider
         * @description Let people sign in with an OpenID provider.
         *
         *     Scope: `instance:write` · risk: dangerous
         */
        put: operations["identity__set_openid_provider"];
        post?: never;
        /**
         * Let nobody sign in with the OpenID provider any more
         * @description Let nobody sign in with the OpenID provider any more.
         *
         *     Scope: `instance:write` · risk: dangerous
         */
        delete: operations["identity__remove_openid_provider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change this Gitu's name and who may sign up
         * @description Change this Gitu's name and who may sign up.
         *
         *     Scope: `instance:write` · risk: dangerous
         */
        patch: operations["identity__update_instance"];
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations of this Gitu
         * @description List the invitations of this Gitu.
         *
         *     Scope: `users:read` · risk: read
         */
        get: operations["identity__list_invitations"];
        put?: never;
        /**
         * Invite someone; the link is shown once and holds for seven days
         * @description Invite someone; the link is shown once and holds for seven days.
         *
         *     Scope: `users:invite` · risk: write
         */
        post: operations["identity__create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description Take an invitation back.
         *
         *     Scope: `users:invite` · risk: dangerous
         */
        delete: operations["identity__revoke_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show your account, your permissions and your preferences
         * @description Show your account, your permissions and your preferences.
         *
         *     Scope: `me:read` · risk: read
         */
        get: operations["identity__get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the name others see
         * @description Change the name others see.
         *
         *     Scope: `me:write` · risk: write
         */
        patch: operations["identity__update_me"];
        trace?: never;
    };
    "/me/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show until when this device counts as confirmed, and how you confirm that it is you
         * @description Show until when this device counts as confirmed, and how you confirm that it is you.
         *
         *     Scope: `factors:read` · risk: read
         */
        get: operations["identity__get_confirmation"];
        put?: never;
        /**
         * Confirm with your password or a code that it is you, for the next minutes on this device
         * @description Confirm with your password or a code that it is you, for the next minutes on this device.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/confirmation/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm with a passkey that it is you, for the next minutes on this device
         * @description Confirm with a passkey that it is you, for the next minutes on this device.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__confirm_with_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/confirmation/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Confirmation
         * @description Begin to confirm with a passkey that it is you.
         */
        post: operations["identity__start_passkey_confirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/openid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts at OpenID providers that sign you in
         * @description List the accounts at OpenID providers that sign you in.
         *
         *     Scope: `factors:read` · risk: read
         */
        get: operations["identity__list_openid_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/openid/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Link
         * @description Begin to link your account at the OpenID provider.
         */
        post: operations["identity__start_openid_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/openid/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink an account at an OpenID provider; it no longer signs you in
         * @description Unlink an account at an OpenID provider; it no longer signs you in.
         *
         *     Scope: `factors:write` · risk: dangerous
         */
        delete: operations["identity__remove_openid_link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your passkeys
         * @description List your passkeys.
         *
         *     Scope: `factors:read` · risk: read
         */
        get: operations["identity__list_passkeys"];
        put?: never;
        /**
         * Keep a passkey that your browser made
         * @description Keep a passkey that your browser made.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__add_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start
         * @description Begin to make a passkey.
         */
        post: operations["identity__start_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys/{passkey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey; it no longer signs you in
         * @description Remove a passkey; it no longer signs you in.
         *
         *     Scope: `factors:write` · risk: dangerous
         */
        delete: operations["identity__remove_passkey"];
        options?: never;
        head?: never;
        /**
         * Give a passkey another name
         * @description Give a passkey another name.
         *
         *     Scope: `factors:write` · risk: write
         */
        patch: operations["identity__rename_passkey"];
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password and sign out your other devices
         * @description Change your password and sign out your other devices.
         *
         *     Scope: `me:write` · risk: write
         */
        post: operations["identity__change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your language, theme, time zone, quiet hours and notifications
         * @description Change your language, theme, time zone, quiet hours and notifications.
         *
         *     Scope: `me:write` · risk: write
         */
        patch: operations["identity__update_preferences"];
        trace?: never;
    };
    "/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show whether signing in asks you for a code, and how many recovery codes are left
         * @description Show whether signing in asks you for a code, and how many recovery codes are left.
         *
         *     Scope: `factors:read` · risk: read
         */
        get: operations["identity__get_second_factor"];
        put?: never;
        /**
         * Begin to set up one-time codes: a secret for your app; asks first whether it is you
         * @description Begin to set up one-time codes: a secret for your app; asks first whether it is you.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__start_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch one-time codes on with the first code of your app; shows ten recovery codes, this once
         * @description Switch one-time codes on with the first code of your app; shows ten recovery codes, this once.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__confirm_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch one-time codes off, with your password or a code
         * @description Switch one-time codes off, with your password or a code.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__disable_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make ten fresh recovery codes; the old ones are dead
         * @description Make ten fresh recovery codes; the old ones are dead.
         *
         *     Scope: `factors:write` · risk: write
         */
        post: operations["identity__renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message or a slash command; the answer streams on the turn it returns
         * @description Send a message or a slash command; the answer streams on the turn it returns.
         *
         *     Scope: `assistant:chat` · risk: write
         */
        post: operations["assistant__send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models you may use, with their windows and prices
         * @description List the models you may use, with their windows and prices.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the budgets that count your calls of models, and how much of them is spent
         * @description List the budgets that count your calls of models, and how much of them is spent.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_budgets"];
        put?: never;
        /**
         * Set a limit on what calls of models may cost in a day, a month or altogether
         * @description Set a limit on what calls of models may cost in a day, a month or altogether.
         *
         *     Scope: `models:budget` · risk: write
         */
        post: operations["models__create_budget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/budgets/{budget_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a budget with all that it counted
         * @description Delete a budget with all that it counted.
         *
         *     Scope: `models:budget` · risk: write
         */
        delete: operations["models__delete_budget"];
        options?: never;
        head?: never;
        /**
         * Change a budget's limit, or whether calls beyond it are refused
         * @description Change a budget's limit, or whether calls beyond it are refused.
         *
         *     Scope: `models:budget` · risk: write
         */
        patch: operations["models__update_budget"];
        trace?: never;
    };
    "/models/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how many of your requests were answered by kept answers, and what that saved
         * @description Show how many of your requests were answered by kept answers, and what that saved.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_cache"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/cache/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget the kept answers of models, so that every question is asked anew
         * @description Forget the kept answers of models, so that every question is asked anew.
         *
         *     Scope: `models:cache` · risk: write
         */
        post: operations["models__clear_cache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your calls of models with tokens, cost and latency, newest first
         * @description List your calls of models with tokens, cost and latency, newest first.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your connections to models and the shared ones
         * @description List your connections to models and the shared ones.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_connections"];
        put?: never;
        /**
         * Connect a provider or a server of models
         * @description Connect a provider or a server of models.
         *
         *     It is tried at once. One that does not work is kept too and says why, so that it can be mended.
         *
         *     Scope: `models:connect` · risk: write
         */
        post: operations["models__create_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a connection and its key for good
         * @description Delete a connection and its key for good.
         *
         *     Scope: `models:connect` · risk: dangerous
         */
        delete: operations["models__delete_connection"];
        options?: never;
        head?: never;
        /**
         * Change a connection's name, address, key, models or sharing
         * @description Change a connection's name, address, key, models or sharing.
         *
         *     A key does not travel to another address: with a new address, give the key again.
         *
         *     Scope: `models:connect` · risk: write
         */
        patch: operations["models__update_connection"];
        trace?: never;
    };
    "/models/connections/{connection_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection now, and look which models it has
         * @description Try a connection now, and look which models it has.
         *
         *     Scope: `models:connect` · risk: write
         */
        post: operations["models__test_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which model answers by default and which ones step in
         * @description Show which model answers by default and which ones step in.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_defaults"];
        /**
         * Choose which model answers by default and which ones step in for it
         * @description Choose which model answers by default and which ones step in for it.
         *
         *     Scope: `models:choose` · risk: write
         */
        put: operations["models__set_defaults"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/discovered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look for keys in the environment and model servers on this machine
         * @description Look for keys in the environment and model servers on this machine.
         *
         *     Scope: `models:share` · risk: read
         */
        get: operations["models__list_discovered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/discovered/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect something that was found in the environment or on this machine
         * @description Connect something that was found in the environment or on this machine.
         *
         *     Scope: `models:share` · risk: write
         */
        post: operations["models__adopt_discovered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models that make texts findable by meaning
         * @description List the models that make texts findable by meaning.
         *
         *     Those on this machine come first: they cost nothing, and no text leaves.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_embedding_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/embeddings/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which model makes your texts findable
         * @description Show which model makes your texts findable.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_embedding_default"];
        /**
         * Choose which model makes your texts findable
         * @description Choose which model makes your texts findable.
         *
         *     It is tried first. Vectors that another model made are computed anew, which costs what the model costs for all of
         *     your indexed texts; until that is done, searches use the old ones.
         *
         *     Scope: `models:choose` · risk: write
         */
        put: operations["models__set_embedding_default"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replay your recorded calls: what automatic choice costs and is worth, beside always the best or the cheapest
         * @description Replay your recorded calls: what automatic choice costs and is worth, beside always the best or the cheapest.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__compare_routing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sum up your use of models by day, model and feature
         * @description Sum up your use of models by day, model and feature.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/usage/everyone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sum up everyone's use of models by day, person, model and feature; no conversation is shown
         * @description Sum up everyone's use of models by day, person, model and feature; no conversation is shown.
         *
         *     Scope: `models:usage_all` · risk: read
         */
        get: operations["models__get_usage_of_everyone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/vector-spaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the vectors of your indexes, with their model and progress
         * @description List the vectors of your indexes, with their model and progress.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_vector_spaces"];
        put?: never;
        /**
         * Compute the vectors of an index anew by your embedding model
         * @description Compute the vectors of an index anew by your embedding model.
         *
         *     Scope: `models:choose` · risk: write
         */
        post: operations["models__start_reembedding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/vector-spaces/{space_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up computing vectors anew; searches go on with those from before
         * @description Give up computing vectors anew; searches go on with those from before.
         *
         *     Scope: `models:choose` · risk: write
         */
        post: operations["models__cancel_reembedding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the inference nodes with their state, latency and load
         * @description List the inference nodes with their state, latency and load.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__list_nodes"];
        put?: never;
        /**
         * Add an inference node, whose models everyone may use
         * @description Add an inference node, whose models everyone may use.
         *
         *     It is tried at once. One that does not answer is kept too, and used as soon as it does.
         *
         *     Scope: `models:share` · risk: write
         */
        post: operations["models__create_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ports that have to be open, how they stand, and the firewall's commands
         * @description List the ports that have to be open, how they stand, and the firewall's commands.
         *
         *     Scope: `models:share` · risk: read
         */
        get: operations["models__list_ports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look whether an inference node answers at an address, before it is added
         * @description Look whether an inference node answers at an address, before it is added.
         *
         *     Scope: `models:share` · risk: write
         */
        post: operations["models__probe_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an inference node with its key and what was measured of it
         * @description Remove an inference node with its key and what was measured of it.
         *
         *     Scope: `models:share` · risk: dangerous
         */
        delete: operations["models__delete_node"];
        options?: never;
        head?: never;
        /**
         * Change an inference node's name, address or key
         * @description Change an inference node's name, address or key.
         *
         *     A key does not travel to another address: with a new address, give the key again.
         *
         *     Scope: `models:share` · risk: write
         */
        patch: operations["models__update_node"];
        trace?: never;
    };
    "/nodes/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at an inference node now
         * @description Look at an inference node now.
         *
         *     Scope: `models:share` · risk: write
         */
        post: operations["models__check_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an inference node's latency and throughput over the last hours
         * @description Show an inference node's latency and throughput over the last hours.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_node_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/{name}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how an inference node is now, and how well it answered in the last day
         * @description Show how an inference node is now, and how well it answered in the last day.
         *
         *     Scope: `models:read` · risk: read
         */
        get: operations["models__get_node_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairing-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a token that links one terminal to your account within five minutes; asks first whether it is you
         * @description Make a token that links one terminal to your account within five minutes; asks first whether it is you.
         *
         *     Scope: `devices:link` · risk: write
         */
        post: operations["identity__create_pairing_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link a waiting terminal to your account, or turn it down; to link it asks first whether it is you
         * @description Link a waiting terminal to your account, or turn it down; to link it asks first whether it is you.
         *
         *     Scope: `devices:link` · risk: write
         */
        post: operations["identity__decide_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the terminal behind a scanned code before you link it
         * @description Show the terminal behind a scanned code before you link it.
         *
         *     Scope: `devices:link` · risk: write
         */
        post: operations["identity__look_at_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what an erasure would delete and what would stay
         * @description Show what an erasure would delete and what would stay.
         *
         *     Scope: `privacy:erase` · risk: read
         */
        get: operations["privacy__preview_erasure"];
        put?: never;
        /**
         * Erase your account and all that is held on you, for good
         * @description Erase your account and all that is held on you, for good.
         *
         *     Scope: `privacy:erase` · risk: dangerous
         */
        post: operations["privacy__erase_me"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the reports of erasures; they name nobody
         * @description List the reports of erasures; they name nobody.
         *
         *     Scope: `privacy:admin` · risk: read
         */
        get: operations["privacy__list_erasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your exports
         * @description List your exports.
         *
         *     Scope: `privacy:read` · risk: read
         */
        get: operations["privacy__list_exports"];
        put?: never;
        /**
         * Begin to write all that is held on you into an archive
         * @description Begin to write all that is held on you into an archive.
         *
         *     Scope: `privacy:export` · risk: write
         */
        post: operations["privacy__start_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/exports/{export_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far an export is
         * @description Show how far an export is.
         *
         *     Scope: `privacy:read` · risk: read
         */
        get: operations["privacy__get_export"];
        put?: never;
        post?: never;
        /**
         * Remove an export before its time
         * @description Remove an export before its time.
         *
         *     Scope: `privacy:export` · risk: write
         */
        delete: operations["privacy__delete_export"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/exports/{export_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description Get the archive of a finished export.
         */
        get: operations["privacy__download_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what is held on people here, why, how long, and who gets it
         * @description Show what is held on people here, why, how long, and who gets it.
         *
         *     Scope: `none` · risk: read
         */
        get: operations["privacy__get_notice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/people/{person_id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase all that is held on a person whose access was closed, for good
         * @description Erase all that is held on a person whose access was closed, for good.
         *
         *     Scope: `privacy:admin` · risk: dangerous
         */
        post: operations["privacy__erase_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/privacy/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report
         * @description Show the report of an erasure to whoever holds its receipt, which stands in no address.
         */
        post: operations["privacy__get_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the permissions you have, and so may give to an API key
         * @description List the permissions you have, and so may give to an API key.
         *
         *     Scope: `me:read` · risk: read
         */
        get: operations["identity__list_scopes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your conversations, or search their titles and messages
         * @description List your conversations, or search their titles and messages.
         *
         *     Scope: `assistant:read` · risk: read
         */
        get: operations["assistant__list_sessions"];
        put?: never;
        /**
         * Begin a conversation, or go on with the open one of a channel's thread
         * @description Begin a conversation, or go on with the open one of a channel's thread.
         *
         *     Scope: `assistant:chat` · risk: write
         */
        post: operations["assistant__open_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one conversation
         * @description Show one conversation.
         *
         *     Scope: `assistant:read` · risk: read
         */
        get: operations["assistant__get_session"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation with all its messages
         * @description Delete a conversation with all its messages.
         *
         *     Scope: `assistant:write` · risk: dangerous
         */
        delete: operations["assistant__delete_session"];
        options?: never;
        head?: never;
        /**
         * Rename a conversation, or choose its model
         * @description Rename a conversation, or choose its model.
         *
         *     Scope: `assistant:write` · risk: write
         */
        patch: operations["assistant__update_session"];
        trace?: never;
    };
    "/sessions/{session_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a conversation; it can be resumed
         * @description End a conversation; it can be resumed.
         *
         *     Scope: `assistant:write` · risk: write
         */
        post: operations["assistant__end_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a conversation's messages, the newest first
         * @description Read a conversation's messages, the newest first.
         *
         *     Scope: `assistant:read` · risk: read
         */
        get: operations["assistant__list_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a conversation that was ended
         * @description Go on with a conversation that was ended.
         *
         *     Scope: `assistant:write` · risk: write
         */
        post: operations["assistant__resume_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let another person of this Gitu read a conversation
         * @description Let another person of this Gitu read a conversation.
         *
         *     Scope: `assistant:write` · risk: dangerous
         */
        post: operations["assistant__share_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the commands that you ran or that were run for you, the newest first
         * @description List the commands that you ran or that were run for you, the newest first.
         *
         *     Scope: `shell:read` · risk: read
         */
        get: operations["shell__list_runs"];
        put?: never;
        /**
         * Run a command line in a sandbox and return its output and exit code
         * @description Run a command line in a sandbox and return its output and exit code.
         *
         *     It sees your workspace as /workspace, the allowed folders that you name as /folders/ and their name, the system's
         *     programs, and nothing else of the machine; it reaches the hosts that you name and no other.
         *
         *     Scope: `shell:run` · risk: write
         */
        post: operations["shell__run_command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/runs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream
         * @description Run a command in a sandbox and get its output as it comes (server-sent events).
         *
         *     An event is `{"stream", "data", "left_out"}` with the bytes in base64; the last is `{"result"}` with what
         *     `POST /shell/runs` answers, or `{"problem"}`. Whoever leaves takes the command along.
         */
        post: operations["shell__stream_command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a run with what is kept of its output
         * @description Show a run with what is kept of its output.
         *
         *     Scope: `shell:read` · risk: read
         */
        get: operations["shell__get_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/runs/{run_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a command at once, with all that it started
         * @description Stop a command at once, with all that it started.
         *
         *     Scope: `shell:run` · risk: write
         */
        post: operations["shell__stop_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/sandboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your living sandboxes
         * @description List your living sandboxes.
         *
         *     Scope: `shell:read` · risk: read
         */
        get: operations["shell__list_sandboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/sandboxes/{sandbox}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a sandbox with all that runs in it; the next command gets a new one. Your files stay
         * @description End a sandbox with all that runs in it; the next command gets a new one. Your files stay.
         *
         *     Scope: `shell:run` · risk: write
         */
        delete: operations["shell__close_sandbox"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/unsandboxed-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a command outside of the sandbox, with all rights that Gitu has on this machine
         * @description Run a command outside of the sandbox, with all rights that Gitu has on this machine.
         *
         *     It is refused unless a setting of the server permits it, and what acts for an admin needs a fresh approval each
         *     time.
         *
         *     Scope: `shell:unsandboxed` · risk: dangerous
         */
        post: operations["shell__run_unsandboxed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shell/unsandboxed-runs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream Unsandboxed
         * @description Run a command outside of the sandbox and get its output as it comes, in events like those of runs/stream.
         */
        post: operations["shell__stream_unsandboxed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how this Gitu is doing: version, model, open conversations, running answers
         * @description Show how this Gitu is doing: version, model, open conversations, running answers.
         *
         *     Scope: `status:read` · risk: read
         */
        get: operations["assistant__get_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop everything that acts for you, now
         * @description Stop everything that acts for you, now.
         *
         *     Scope: `assistant:chat` · risk: write
         */
        post: operations["assistant__stop_everything"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/turns/{turn_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far an answer is
         * @description Show how far an answer is.
         *
         *     Scope: `assistant:read` · risk: read
         */
        get: operations["assistant__get_turn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/turns/{turn_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events
         * @description Watch an answer as it comes (AG-UI events); Last-Event-ID resumes after a lost connection.
         */
        get: operations["assistant__watch_turn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/turns/{turn_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an answer; what has come so far stays
         * @description Stop an answer; what has come so far stays.
         *
         *     Scope: `assistant:chat` · risk: write
         */
        post: operations["assistant__stop_turn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people of this Gitu
         * @description List the people of this Gitu.
         *
         *     Scope: `users:read` · risk: read
         */
        get: operations["identity__list_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a person's role, or close and reopen their access
         * @description Change a person's role, or close and reopen their access.
         *
         *     Scope: `users:admin` · risk: dangerous
         */
        patch: operations["identity__update_user"];
        trace?: never;
    };
    "/users/{user_id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an admin the owner of this Gitu in your place; you stay an admin
         * @description Make an admin the owner of this Gitu in your place; you stay an admin.
         *
         *     Scope: `users:admin` · risk: dangerous
         */
        post: operations["identity__hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/reset-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a person's second factor away when their app and their codes are gone
         * @description Take a person's second factor away when their app and their codes are gone.
         *
         *     Scope: `users:admin` · risk: dangerous
         */
        post: operations["identity__reset_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** ActionInfo */
        ActionInfo: {
            /** Command */
            command: string;
            /** Doors */
            doors: components["schemas"]["Door"][];
            /** Feature */
            feature: string;
            /** Http */
            http: string | null;
            /**
             * Input Schema
             * @description JSON Schema of the input.
             */
            input_schema: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            risk: components["schemas"]["Risk"];
            /** Scope */
            scope: string | null;
            /** Summary */
            summary: string;
        };
        /** ActionList */
        ActionList: {
            /** Items */
            items: components["schemas"]["ActionInfo"][];
        };
        /**
         * ApiKey
         * @description ``scopes`` is what it may ask for at most; ``reads`` and ``unasked`` what it may do without asking.
         */
        ApiKey: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /** Reads */
            reads: boolean;
            /** Requests Per Minute */
            requests_per_minute: number | null;
            /** Scopes */
            scopes: string[];
            /** Unasked */
            unasked: string[];
        };
        /**
         * ApiKeyCreate
         * @description The key may ask for what ``scopes`` name; what it may do without asking are permissions of its own.
         */
        ApiKeyCreate: {
            /** Expires At */
            expires_at?: string | null;
            /** @description How far that goes outside of Gitu; otherwise only to files its scopes reach. */
            limits?: components["schemas"]["Limits"] | null;
            /** Name */
            name: string;
            /**
             * Reads
             * @description It reads what its scopes reach without asking.
             * @default true
             */
            reads?: boolean;
            /**
             * Requests Per Minute
             * @description At the models' gateway (/v1); otherwise as many as any key.
             */
            requests_per_minute?: number | null;
            /**
             * Scopes
             * @description What it may ask for at most.
             */
            scopes: string[];
            /**
             * Unasked
             * @description Those of its scopes with which it changes things without asking.
             * @default []
             */
            unasked?: string[];
        };
        /**
         * ApiKeyCreated
         * @description The secret is shown this once; only its hash is kept.
         */
        ApiKeyCreated: {
            key: components["schemas"]["ApiKey"];
            /** Secret */
            secret: string;
        };
        /**
         * Approval
         * @description A held call: what it would do (``effect``), who asked, and where content came from that was read before.
         */
        Approval: {
            /** Action */
            action: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Delegate */
            delegate: string;
            /**
             * Delegate Name
             * @description Whose grants hold for it: the assistant, or the key by its name.
             */
            delegate_name: string;
            effect: components["schemas"]["Effect"];
            /** Error Code */
            error_code: string | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Input */
            input: {
                [key: string]: unknown;
            };
            /** Origin */
            origin: {
                [key: string]: unknown;
            };
            /** Outside */
            outside: string[];
            /** Requested By */
            requested_by: string;
            risk: components["schemas"]["Risk"];
            /**
             * Running
             * @description Approved, and not yet known what came of it.
             */
            running: boolean;
            /** Scope */
            scope: string | null;
            /** Session Id */
            session_id: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "approved" | "denied" | "expired" | "failed";
            /** Title */
            title: string;
        };
        /**
         * ApprovalDecided
         * @description The request as it stands now, and what the approved action answered.
         */
        ApprovalDecided: {
            approval: components["schemas"]["Approval"];
            /** Output */
            output: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ApprovalGiveBody
         * @description Without ``remember`` the approval holds for this one call.
         */
        ApprovalGiveBody: {
            remember?: components["schemas"]["Remember"] | null;
        };
        /** AuditEntry */
        AuditEntry: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string | null;
            actor_kind: components["schemas"]["Kind"];
            /** Actor Name */
            actor_name: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Cost */
            cost: string | null;
            door: components["schemas"]["Door"];
            /** Duration Ms */
            duration_ms: number;
            /** Error Code */
            error_code: string | null;
            /** Hash */
            hash: string | null;
            /** Id */
            id: number;
            /** Input Digest */
            input_digest: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "ok" | "denied" | "held" | "failed";
            /** @description What the action may cost; null for entries older than this field. */
            risk: components["schemas"]["Risk"] | null;
            /** Seq */
            seq: number | null;
            /**
             * Title
             * @description What the action does, in the reader's language.
             */
            title: string;
        };
        /**
         * BrowserQuestion
         * @description For ``navigator.credentials``; the ticket goes back with the browser's answer.
         */
        BrowserQuestion: {
            /** Options */
            options: {
                [key: string]: unknown;
            };
            /** Ticket */
            ticket: string;
        };
        /**
         * Budget
         * @description A budget and how it stands in the present period.
         *
         *     ``reserved`` is set aside for calls under way. ``lost`` is the part of ``spent`` that was set aside by a server that
         *     was killed, and that nobody can account for. Of budgets for everyone separately, your own standing is shown.
         */
        Budget: {
            /** By Admin */
            by_admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Hard */
            hard: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "instance" | "everyone" | "person" | "feature" | "session" | "key";
            /**
             * Limit
             * @example 0.00042
             */
            limit: string;
            /**
             * Lost
             * @example 0.00042
             */
            lost: string;
            /** May Change */
            may_change: boolean;
            /** Percent */
            percent: number;
            /**
             * Period
             * @enum {string}
             */
            period: "day" | "month" | "total";
            /** Person Id */
            person_id: string | null;
            /**
             * Reserved
             * @example 0.00042
             */
            reserved: string;
            /** Resets At */
            resets_at: string | null;
            /**
             * Spent
             * @example 0.00042
             */
            spent: string;
            /** Subject */
            subject: string;
        };
        /** BudgetCreate */
        BudgetCreate: {
            /**
             * Hard
             * @description Whether calls beyond it are refused, or only told of.
             * @default true
             */
            hard?: boolean;
            /**
             * Kind
             * @description What it counts: the whole instance, every person separately, one person, a feature, a conversation (session) or an API key.
             * @enum {string}
             */
            kind: "instance" | "everyone" | "person" | "feature" | "session" | "key";
            /**
             * Limit
             * @description US dollars.
             * @example 12.50
             */
            limit: string;
            /**
             * Period
             * @description When it begins anew: each day, each month, or never (total).
             * @enum {string}
             */
            period: "day" | "month" | "total";
            /**
             * Person Id
             * @description Whose budget it is, for admins; without it, your own (of a feature: everyone's).
             */
            person_id?: string | null;
            /**
             * Subject
             * @description The feature's name, or the id of the conversation or key; empty for the other kinds.
             * @default
             */
            subject?: string;
        };
        /** BudgetUpdateBody */
        BudgetUpdateBody: {
            /**
             * Hard
             * @description Whether calls beyond it are refused, or only told of.
             */
            hard?: boolean | null;
            /**
             * Limit
             * @description US dollars.
             */
            limit?: string | null;
        };
        /** CacheClear */
        CacheClear: {
            /**
             * Instance
             * @description Everyone's answers; owner and admins only.
             * @default false
             */
            instance?: boolean;
        };
        /**
         * CacheDay
         * @description One day: requests answered by what was kept (``hits``), those that could have been (``misses``), what that saved.
         *
         *     ``saved`` is what the kept answers had cost in USD, as far as prices are known, ``saved_tokens`` what they had taken
         *     of tokens. Of ``input_tokens`` the providers had kept ``cached_tokens`` themselves.
         */
        CacheDay: {
            /** Cached Tokens */
            cached_tokens: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Hits */
            hits: number;
            /** Input Tokens */
            input_tokens: number;
            /** Misses */
            misses: number;
            /**
             * Saved
             * @example 0.00042
             */
            saved: string;
            /** Saved Tokens */
            saved_tokens: number;
            /**
             * Unknown Saved
             * @description Hits of which nobody knows what they saved.
             */
            unknown_saved: number;
        };
        /**
         * CacheGone
         * @description How many answers were forgotten, as far as this process knows of them.
         */
        CacheGone: {
            /** Entries */
            entries: number;
        };
        /**
         * CacheReport
         * @description The cache of your answers: where it is, what is in it now, and what it did on each day, newest first.
         */
        CacheReport: {
            /** Days */
            days: components["schemas"]["CacheDay"][];
            /** Entries */
            entries: number;
            /**
             * Hours
             * @description For how long an answer is kept.
             */
            hours: number;
            /**
             * Size
             * @description Bytes that your entries take.
             */
            size: number;
            /**
             * Where
             * @enum {string}
             */
            where: "memory" | "redis" | "off";
        };
        /**
         * CallRecord
         * @description One request to a model, whoever caused it. ``cost`` is USD, None when the price is unknown.
         *
         *     ``estimated``: the provider did not tell its usage, or no price is listed of the tier of service that it gave. What
         *     was ``refused`` never left, nor did a ``hit`` of the cache of answers, which ``saved`` what the kept answer had
         *     cost. ``reason`` says why this model was asked.
         */
        CallRecord: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Cache */
            cache: ("hit" | "miss") | null;
            /** Cached Tokens */
            cached_tokens: number | null;
            /** Cost */
            cost: string | null;
            /** Error Code */
            error_code: string | null;
            /** Estimated */
            estimated: boolean;
            /** Feature */
            feature: string;
            /** First Token Ms */
            first_token_ms: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Input Tokens */
            input_tokens: number | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Model */
            model: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "running" | "ok" | "cut" | "stopped" | "failed" | "refused";
            /** Output Tokens */
            output_tokens: number | null;
            /** Reason */
            reason: string | null;
            /** Saved */
            saved: string | null;
            /** Session Id */
            session_id: string | null;
        };
        /**
         * Change
         * @description One change of a file or folder; digests are SHA-256 of contents, sizes in bytes.
         */
        Change: {
            /** Actor */
            actor: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Digest After */
            digest_after: string | null;
            /** Digest Before */
            digest_before: string | null;
            /**
             * Entry
             * @enum {string}
             */
            entry: "file" | "folder" | "link" | "other";
            /**
             * Folder Id
             * Format: uuid
             */
            folder_id: string;
            /** Folder Name */
            folder_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "write" | "edit" | "copy" | "move" | "delete" | "make_folder";
            /** Path */
            path: string;
            /**
             * Run Id
             * @description The run of the command that made it.
             */
            run_id: string | null;
            /** Size After */
            size_after: number | null;
            /** Size Before */
            size_before: number | null;
            /** To Path */
            to_path: string | null;
            /**
             * Undo Until
             * Format: date-time
             */
            undo_until: string;
            /** Undoable */
            undoable: boolean;
            /** Undoes */
            undoes: string | null;
            /** Undone By */
            undone_by: string | null;
        };
        /**
         * ChangePreview
         * @description What a change would do. ``diff`` is a unified diff, empty when the content is no text or stays the same.
         */
        ChangePreview: {
            /** Added */
            added: number;
            /** Diff */
            diff: string;
            /** Diff Cut */
            diff_cut: boolean;
            /**
             * Entry
             * @enum {string}
             */
            entry: "file" | "folder" | "link" | "other";
            /** Folder Name */
            folder_name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "write" | "edit" | "copy" | "move" | "delete" | "make_folder";
            /** Path */
            path: string;
            /** Removed */
            removed: number;
            /** Size After */
            size_after: number | null;
            /** Size Before */
            size_before: number | null;
            /** To Path */
            to_path: string | null;
        };
        /** ChangeUndoBody */
        ChangeUndoBody: {
            /**
             * Force
             * @description Undo even if the file was changed since; its content is kept.
             * @default false
             */
            force?: boolean;
        };
        /** CodeGiven */
        CodeGiven: {
            /**
             * Code
             * Format: password
             */
            code: string;
        };
        /** Column */
        Column: {
            /** Key */
            key: string;
            /** Title */
            title: string;
        };
        /**
         * Complaint
         * @description Why a connection does not work, in the reader's language.
         */
        Complaint: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * Confirmation
         * @description Until when this device counts as confirmed, and with what its person can confirm it.
         *
         *     ``openid`` names the provider with which they can sign in again instead.
         */
        Confirmation: {
            /** Code */
            code: boolean;
            /** Confirmed Until */
            confirmed_until: string | null;
            /** Openid */
            openid: string | null;
            /** Passkey */
            passkey: boolean;
            /** Password */
            password: boolean;
        };
        /**
         * Connection
         * @description A way to some models. The key itself is never shown: only whether there is one, and how it ends.
         */
        Connection: {
            /** Base Url */
            base_url: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Has Key */
            has_key: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Key Hint */
            key_hint: string | null;
            /** Last Error */
            last_error: string | null;
            /** Models */
            models: string[];
            /** Name */
            name: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "openai" | "anthropic" | "google" | "mistral" | "groq" | "openrouter" | "bedrock" | "openai_compatible";
            /** Shared */
            shared: boolean;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "failing" | "untested";
        };
        /** ConnectionCreate */
        ConnectionCreate: {
            /**
             * Api Key
             * @description Kept encrypted; never shown again. AWS access keys as ID:SECRET or ID:SECRET:SESSION_TOKEN.
             */
            api_key?: string | null;
            /**
             * Base Url
             * @description Where it is, for openai_compatible; for bedrock its region will do.
             */
            base_url?: string | null;
            /**
             * Models
             * @description Only these models; by default what the provider lists.
             */
            models?: string[] | null;
            /**
             * Name
             * @description How you call it; the provider's name by default.
             */
            name?: string | null;
            /**
             * Provider
             * @enum {string}
             */
            provider: "openai" | "anthropic" | "google" | "mistral" | "groq" | "openrouter" | "bedrock" | "openai_compatible";
            /**
             * Shared
             * @description For everyone on this Gitu; only the owner and admins may.
             * @default false
             */
            shared?: boolean;
        };
        /** ConnectionTest */
        ConnectionTest: {
            error: components["schemas"]["Complaint"] | null;
            /** Latency Ms */
            latency_ms: number;
            /** Models */
            models: string[];
            /** Ok */
            ok: boolean;
        };
        /**
         * ConnectionUpdateBody
         * @description Only what is given changes.
         */
        ConnectionUpdateBody: {
            /** Api Key */
            api_key?: string | null;
            /** Base Url */
            base_url?: string | null;
            /** Models */
            models?: string[] | null;
            /** Name */
            name?: string | null;
            /** Shared */
            shared?: boolean | null;
        };
        /**
         * Defaults
         * @description The model used when none is chosen, and those that step in for it, in order.
         */
        Defaults: {
            /** Default */
            default: string | null;
            /**
             * Fallbacks
             * @default []
             */
            fallbacks: string[];
        };
        /** DefaultsSet */
        DefaultsSet: {
            /** Default */
            default?: string | null;
            /**
             * Fallbacks
             * @default []
             */
            fallbacks?: string[];
            /**
             * Instance
             * @description For everyone without their own; owner and admins only.
             * @default false
             */
            instance?: boolean;
        };
        /** Device */
        Device: {
            /** Address */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Current */
            current: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "browser" | "terminal";
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /**
             * Method
             * @enum {string}
             */
            method: "password" | "passkey" | "openid" | "pairing";
            /** Name */
            name: string;
        };
        /**
         * Door
         * @description Where a call came in.
         * @enum {string}
         */
        Door: "rest" | "websocket" | "cli" | "chat" | "agent" | "system";
        /**
         * Effect
         * @description The folders and files, machines, people, money and command that one call is about.
         *
         *     ``diff`` shows a change of text in unified form, cut where it is long. What stays empty is not touched.
         */
        Effect: {
            amount: components["schemas"]["Sum"] | null;
            /** Command */
            command: string | null;
            /** Diff */
            diff: string | null;
            /**
             * Hosts
             * @default []
             */
            hosts: string[];
            /**
             * Paths
             * @default []
             */
            paths: string[];
            /**
             * Recipients
             * @default []
             */
            recipients: string[];
        };
        /**
         * EmbeddingDefault
         * @description ``chosen`` is what was set; ``model`` what is used: the instance's or this machine's where nothing was.
         */
        EmbeddingDefault: {
            /** Chosen */
            chosen: string | null;
            /** Model */
            model: string;
            /**
             * Recomputing
             * @description Indexes whose vectors are now computed anew.
             * @default 0
             */
            recomputing: number;
        };
        /** EmbeddingDefaultSet */
        EmbeddingDefaultSet: {
            /**
             * Instance
             * @description For everyone without their own; owner and admins only.
             * @default false
             */
            instance?: boolean;
            /**
             * Model
             * @description Nothing: the instance's, or this machine's.
             */
            model?: string | null;
        };
        /**
         * EmbeddingModel
         * @description A model that makes vectors. Price: USD per million tokens; None where nobody knows, as for dimensions.
         */
        EmbeddingModel: {
            /** Connection Name */
            connection_name: string;
            /** Dimensions */
            dimensions: number | null;
            /** Id */
            id: string;
            /** Input Price */
            input_price: string | null;
            /** Is Default */
            is_default: boolean;
            /** Local */
            local: boolean;
            /** Name */
            name: string;
            /**
             * Window
             * @description The longest text in tokens; longer ones are cut.
             */
            window: number | null;
        };
        /**
         * Entry
         * @description A name in a folder. ``size`` in bytes, 0 for what is no file; ``linked``: the file has further names.
         */
        Entry: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "folder" | "link" | "other";
            /** Linked */
            linked: boolean;
            /** Modified At */
            modified_at: string | null;
            /** Name */
            name: string;
            /** Path */
            path: string;
            /** Size */
            size: number;
        };
        /**
         * EntryPage
         * @description ``unusable`` counts names of this folder that can't be written as text and are left out.
         */
        EntryPage: {
            /** Items */
            items: components["schemas"]["Entry"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Path */
            path: string;
            /**
             * Unusable
             * @default 0
             */
            unusable: number;
        };
        /** EraseMe */
        EraseMe: {
            /** Code */
            code?: string | null;
            /**
             * Confirm
             * @description Your sign-in name, so that nothing happens by mistake.
             */
            confirm: string;
            passkey?: components["schemas"]["PasskeySignIn"] | null;
            /** Password */
            password?: string | null;
        };
        /** ErasePersonBody */
        ErasePersonBody: {
            /** Code */
            code?: string | null;
            /**
             * Confirm
             * @description The person's sign-in name, so that nothing happens by mistake.
             */
            confirm: string;
            passkey?: components["schemas"]["PasskeySignIn"] | null;
            /** Password */
            password?: string | null;
        };
        /**
         * ErasurePreview
         * @description What an erasure would do. ``confirm`` is what has to be typed, ``proofs`` what can prove who you are.
         */
        ErasurePreview: {
            /** Blocked */
            blocked: string | null;
            /** Confirm */
            confirm: string;
            /** Going */
            going: components["schemas"]["Going"][];
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Proofs */
            proofs: ("password" | "code" | "passkey" | "sign_in")[];
            /** Staying */
            staying: components["schemas"]["Staying"][];
        };
        /**
         * ErasureReport
         * @description What was erased and what stayed; it names nobody. ``notes`` are sentences about the database's own files.
         */
        ErasureReport: {
            /**
             * By
             * @enum {string}
             */
            by: "self" | "admin";
            /** Finished At */
            finished_at: string | null;
            /** Going */
            going: components["schemas"]["Going"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kept Until */
            kept_until: string | null;
            /** Notes */
            notes: string[];
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done";
            /** Staying */
            staying: components["schemas"]["Staying"][];
        };
        /**
         * ErasureStarted
         * @description ``receipt`` shows the report later, to whoever holds it; it is told this once.
         */
        ErasureStarted: {
            /**
             * Erasure Id
             * Format: uuid
             */
            erasure_id: string;
            /** Receipt */
            receipt: string;
        };
        /** ErrorInfo */
        ErrorInfo: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * Export
         * @description ``done`` of ``total`` parts are written; ``sha256`` is the finished archive's.
         */
        Export: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Done */
            done: number;
            /** Error Code */
            error_code: string | null;
            /** Expires At */
            expires_at: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Sha256 */
            sha256: string | null;
            /** Size Bytes */
            size_bytes: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "ready" | "failed";
            /** Total */
            total: number;
        };
        /**
         * FieldProblem
         * @description One problem of one input field; ``path`` is dotted (``lines.0.amount``), empty for the whole input.
         */
        FieldProblem: {
            /** Message */
            message: string;
            /** Path */
            path: string;
        };
        /**
         * FileContent
         * @description A file or a stretch of it; ``next_offset`` is None at its end. ``digest`` (SHA-256) is that of the whole
         *     file, left out for very large ones; give it as expected_digest when you change the file.
         */
        FileContent: {
            /** Charset */
            charset: string | null;
            /** Content */
            content: string;
            /** Digest */
            digest: string | null;
            /**
             * Encoding
             * @enum {string}
             */
            encoding: "text" | "base64";
            /** Modified At */
            modified_at: string | null;
            /** Next Offset */
            next_offset: number | null;
            /** Offset */
            offset: number;
            /** Path */
            path: string;
            /** Size */
            size: number;
        };
        /** FileCopy */
        FileCopy: {
            /**
             * Folder Id
             * @description The allowed folder's id; without it your own workspace.
             */
            folder_id?: string | null;
            /**
             * Path
             * @description Path inside the folder, such as notes/plan.md.
             */
            path: string;
            /**
             * To
             * @description The copy's path; nothing may be there yet.
             */
            to: string;
            /**
             * To Folder Id
             * @description Another allowed folder for the copy.
             */
            to_folder_id?: string | null;
        };
        /** FileEdit */
        FileEdit: {
            /**
             * Expected Digest
             * @description Refuse if the file is not the one with this digest any more.
             */
            expected_digest?: string | null;
            /**
             * Folder Id
             * @description The allowed folder's id; without it your own workspace.
             */
            folder_id?: string | null;
            /**
             * New Text
             * @description What stands there instead.
             */
            new_text: string;
            /**
             * Old Text
             * @description The exact text to replace, with enough around it to be there only once.
             */
            old_text: string;
            /**
             * Path
             * @description Path inside the folder, such as notes/plan.md.
             */
            path: string;
            /**
             * Replace All
             * @description Replace it everywhere in the file.
             * @default false
             */
            replace_all?: boolean;
        };
        /**
         * FileMatch
         * @description A name, or with ``line`` (from 1) a line of a text file and what stands around the match.
         */
        FileMatch: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "folder" | "link" | "other";
            /** Line */
            line: number | null;
            /** Path */
            path: string;
            /** Size */
            size: number;
            /** Text */
            text: string;
        };
        /**
         * FileMatches
         * @description ``stopped`` is empty when everything was looked at, else the bound that ended the search.
         */
        FileMatches: {
            /** Items */
            items: components["schemas"]["FileMatch"][];
            /**
             * Stopped
             * @enum {string}
             */
            stopped: "" | "matches" | "entries" | "bytes" | "time";
        };
        /** FileMove */
        FileMove: {
            /**
             * Folder Id
             * @description The allowed folder's id; without it your own workspace.
             */
            folder_id?: string | null;
            /**
             * Path
             * @description Path inside the folder, such as notes/plan.md.
             */
            path: string;
            /**
             * To
             * @description The new path in the same folder; nothing may be there yet.
             */
            to: string;
        };
        /** FileWrite */
        FileWrite: {
            /**
             * Charset
             * @description The encoding that a text is kept in.
             * @default utf-8
             */
            charset?: string;
            /**
             * Content
             * @description The whole new content.
             */
            content: string;
            /**
             * Encoding
             * @description How the content is given: as text, or base64.
             * @default text
             * @enum {string}
             */
            encoding?: "text" | "base64";
            /**
             * Expected Digest
             * @description Refuse if the file is not the one with this digest any more.
             */
            expected_digest?: string | null;
            /**
             * Folder Id
             * @description The allowed folder's id; without it your own workspace.
             */
            folder_id?: string | null;
            /**
             * Make Parents
             * @description Make the folders above it that are missing.
             * @default false
             */
            make_parents?: boolean;
            /**
             * Overwrite
             * @description Whether a file that is there already may be replaced.
             * @default true
             */
            overwrite?: boolean;
            /**
             * Path
             * @description Path inside the folder, such as notes/plan.md.
             */
            path: string;
        };
        /**
         * FirewallCommands
         * @description What opens the port on one kind of system; each line is one command.
         */
        FirewallCommands: {
            /** Commands */
            commands: string[];
            /**
             * Tool
             * @enum {string}
             */
            tool: "ufw" | "firewalld" | "nftables" | "iptables" | "windows";
        };
        /**
         * Folder
         * @description ``path`` is where it lies on the server's machine.
         */
        Folder: {
            /** Created At */
            created_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "workspace" | "folder";
            /** Linked Files */
            linked_files: boolean;
            /** Name */
            name: string;
            /** Path */
            path: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Writable */
            writable: boolean;
        };
        /** FolderAllow */
        FolderAllow: {
            /**
             * Linked Files
             * @description Also open files with more than one name (hard links), whose other name may be outside.
             * @default false
             */
            linked_files?: boolean;
            /**
             * Path
             * @description Full path of a folder on the server's machine, such as /srv/documents.
             */
            path: string;
            /**
             * Person Id
             * Format: uuid
             * @description Who may use the folder.
             */
            person_id: string;
            /**
             * Writable
             * @description Whether files may be changed, not only read.
             * @default false
             */
            writable?: boolean;
        };
        /** FolderMake */
        FolderMake: {
            /**
             * Folder Id
             * @description The allowed folder's id; without it your own workspace.
             */
            folder_id?: string | null;
            /**
             * Path
             * @description Path of the new folder.
             */
            path: string;
        };
        /**
         * GoThere
         * @description The provider's page, to be opened in this window.
         */
        GoThere: {
            /** Url */
            url: string;
        };
        /**
         * Going
         * @description Rows and files of one kind that go.
         */
        Going: {
            /** Files */
            files: number;
            /** Kind */
            kind: string;
            /** Rows */
            rows: number;
            /** Title */
            title: string;
        };
        /**
         * Gpu
         * @description One GPU of a node; ``busy`` is the share of time that it works, 0 to 1.
         */
        Gpu: {
            /** Busy */
            busy: number | null;
            /** Number */
            number: number;
            /** Total Bytes */
            total_bytes: number;
            /** Used Bytes */
            used_bytes: number;
        };
        /**
         * Grant
         * @description What something that acts for you may do without asking, how far, and until when.
         */
        Grant: {
            /** After Outside */
            after_outside: boolean;
            /** Covers */
            covers: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Delegate */
            delegate: string;
            /** Delegate Name */
            delegate_name: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            limits: components["schemas"]["Limits"];
            /**
             * Origin
             * @description ``upgrade``: what a key could do before keys had permissions of their own.
             * @enum {string}
             */
            origin: "baseline" | "approval" | "person" | "upgrade";
            /** Reason */
            reason: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Session Id */
            session_id: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "expired" | "revoked";
            /** Title */
            title: string;
        };
        /**
         * GrantCreate
         * @description ``covers`` is a scope such as ``files:read``, an action such as ``files.write_file``, or ``read``.
         */
        GrantCreate: {
            /**
             * After Outside
             * @default false
             */
            after_outside?: boolean;
            /** Covers */
            covers: string;
            /**
             * Delegate
             * @default agent
             */
            delegate?: string;
            /** Expires At */
            expires_at?: string | null;
            /**
             * @default {
             *       "commands": [],
             *       "hosts": [],
             *       "paths": [],
             *       "recipients": []
             *     }
             */
            limits?: components["schemas"]["Limits"];
            /**
             * Reason
             * @default
             */
            reason?: string;
            /** Session Id */
            session_id?: string | null;
        };
        /** IndexRef */
        IndexRef: {
            /**
             * Index
             * @description The index, such as memory or files.
             */
            index: string;
            /**
             * Instance
             * @description The one that everyone shares; owner and admins only.
             * @default false
             */
            instance?: boolean;
        };
        /**
         * Instance
         * @description What anyone may know of this Gitu before signing in.
         */
        Instance: {
            /** Name */
            name: string;
            /** Openid */
            openid: string | null;
            /**
             * Sign Up
             * @enum {string}
             */
            sign_up: "invitation" | "open";
            /**
             * State
             * @enum {string}
             */
            state: "owner_needed" | "ready";
            /** Version */
            version: string;
        };
        /** InstanceUpdate */
        InstanceUpdate: {
            /** Name */
            name?: string | null;
            /** Sign Up */
            sign_up?: ("invitation" | "open") | null;
        };
        /** Invitation */
        Invitation: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Note */
            note: string;
            role: components["schemas"]["Role"];
            /** Used At */
            used_at: string | null;
        };
        /** InvitationAccept */
        InvitationAccept: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language?: "en" | "ar";
            /** Login */
            login: string;
            /** Name */
            name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone?: string;
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /** InvitationCreate */
        InvitationCreate: {
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Role
             * @default member
             * @enum {string}
             */
            role?: "admin" | "member" | "guest";
        };
        /** InvitationCreated */
        InvitationCreated: {
            invitation: components["schemas"]["Invitation"];
            /** Link */
            link: string;
        };
        /**
         * Kind
         * @description Who speaks: the person themself, or something that acts for them.
         * @enum {string}
         */
        Kind: "person" | "api_key" | "agent" | "system" | "anonymous";
        /**
         * KindNotice
         * @description One kind of data; all but ``kind`` are sentences in the reader's language.
         */
        KindNotice: {
            /** Kept */
            kept: string;
            /** Kind */
            kind: string;
            /** Stays */
            stays: string | null;
            /** Title */
            title: string;
            /** What */
            what: string;
            /** Why */
            why: string;
        };
        /**
         * Limits
         * @description Each kind names what is allowed, ``*`` alone for anything; an empty kind allows nothing of it.
         *
         *     ``paths``: absolute folders and files, each with all that lies below. ``hosts``: names, ``*.example.com`` for all
         *     below one; with a port, that port alone. ``recipients``: addresses, ``*@example.com`` for all of one domain.
         *     ``commands``: a whole command line, or its first words with `` *`` behind. ``most``: the highest amount of one call.
         */
        Limits: {
            /**
             * Commands
             * @default []
             */
            commands?: string[];
            /**
             * Hosts
             * @default []
             */
            hosts?: string[];
            most?: components["schemas"]["Sum"] | null;
            /**
             * Paths
             * @default []
             */
            paths?: string[];
            /**
             * Recipients
             * @default []
             */
            recipients?: string[];
        };
        /** Live */
        Live: {
            /** Status */
            status: string;
            /** Version */
            version: string;
        };
        /** Me */
        Me: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Login */
            login: string;
            /** Name */
            name: string;
            preferences: components["schemas"]["Preferences"];
            role: components["schemas"]["Role"];
            /** Scopes */
            scopes: string[];
        };
        /** MeUpdate */
        MeUpdate: {
            /** Name */
            name: string;
        };
        /** Message */
        Message: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            error: components["schemas"]["ErrorInfo"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Model */
            model: string | null;
            /** Parts */
            parts: (components["schemas"]["TextPart"] | components["schemas"]["ReasoningPart"] | components["schemas"]["ToolCallPart"] | components["schemas"]["NoticePart"] | components["schemas"]["TablePart"])[];
            /**
             * Role
             * @enum {string}
             */
            role: "person" | "assistant" | "command";
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "complete" | "streaming" | "stopped" | "cut" | "failed";
            /**
             * Turn Id
             * Format: uuid
             */
            turn_id: string;
            usage: components["schemas"]["Usage"] | null;
        };
        /**
         * MessageSend
         * @description Without a session a new one begins; ``edit_of`` replaces that message and all that came after it.
         */
        MessageSend: {
            /**
             * Channel
             * @default web
             */
            channel?: string;
            /** Edit Of */
            edit_of?: string | null;
            /**
             * Model
             * @description The model for this session from now on.
             */
            model?: string | null;
            /** Session Id */
            session_id?: string | null;
            /** Text */
            text: string;
        };
        /**
         * Model
         * @description One model one may use, or (of ``gitu``) a way of choosing one for each request.
         *
         *     Prices are USD per million tokens; None where nobody knows.
         */
        Model: {
            /** Connection Id */
            connection_id: string | null;
            /** Connection Name */
            connection_name: string;
            /** Context Window */
            context_window: number | null;
            /** Id */
            id: string;
            /** Input Price */
            input_price: string | null;
            /** Local */
            local: boolean;
            /** Name */
            name: string;
            /** Output Price */
            output_price: string | null;
            /** Provider */
            provider: ("openai" | "anthropic" | "google" | "mistral" | "groq" | "openrouter" | "bedrock" | "openai_compatible") | "gitu";
        };
        /**
         * NewAccount
         * @description What every way of making an account asks.
         */
        NewAccount: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language?: "en" | "ar";
            /** Login */
            login: string;
            /** Name */
            name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone?: string;
        };
        /**
         * Node
         * @description A node as it is now. ``reason`` says why it can't be asked; a figure that nobody knows is null.
         *
         *     ``queue_length`` and ``running`` are requests at the node, the two rates means of the last quarter of a minute.
         */
        Node: {
            /** Address */
            address: string;
            /** Backend */
            backend: string | null;
            /** Checked At */
            checked_at: string | null;
            /** Compute Type */
            compute_type: string | null;
            /** Device */
            device: string | null;
            /** Gpus */
            gpus: components["schemas"]["Gpu"][];
            /** Has Key */
            has_key: boolean;
            /** Key Hint */
            key_hint: string | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Models */
            models: string[];
            /** Name */
            name: string;
            /** Queue Length */
            queue_length: number | null;
            /** Reason */
            reason: string | null;
            /** Requests Per S */
            requests_per_s: number | null;
            /** Running */
            running: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "unknown" | "up" | "loading" | "draining" | "unavailable" | "down";
            /**
             * State Since
             * Format: date-time
             */
            state_since: string;
            /** Tokens Per S */
            tokens_per_s: number | null;
            /** Version */
            version: string | null;
        };
        /**
         * NodeCheck
         * @description What one look found. ``problem`` says in the reader's language what is wrong and the way out.
         */
        NodeCheck: {
            /** Device */
            device: string | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Models */
            models: string[];
            /** Ok */
            ok: boolean;
            /** Problem */
            problem: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "unknown" | "up" | "loading" | "draining" | "unavailable" | "down";
            /** Version */
            version: string | null;
        };
        /** NodeCreate */
        NodeCreate: {
            /**
             * Address
             * @description Where it listens, such as http://10.0.0.7:9090.
             */
            address: string;
            /**
             * Api Key
             * @description The node's key; kept encrypted, never shown again.
             */
            api_key?: string | null;
            /**
             * Name
             * @description How it is called, also in addresses: small letters, digits and dashes.
             * @example workshop
             */
            name: string;
        };
        /**
         * NodeHistory
         * @description Oldest first, without stretches in which nobody looked. ``step_s`` is how long each is, in seconds.
         */
        NodeHistory: {
            /** Name */
            name: string;
            /** Points */
            points: components["schemas"]["NodePoint"][];
            /** Step S */
            step_s: number;
        };
        /**
         * NodePoint
         * @description A stretch of time that begins ``at``.
         */
        NodePoint: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Checks */
            checks: number;
            /** Failures */
            failures: number;
            /** Gpu Memory Bytes */
            gpu_memory_bytes: number | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Latency P95 Ms */
            latency_p95_ms: number | null;
            /** Queue Length */
            queue_length: number | null;
            /** Requests Per S */
            requests_per_s: number | null;
            /** Tokens Per S */
            tokens_per_s: number | null;
        };
        /** NodeProbe */
        NodeProbe: {
            /**
             * Address
             * @description Where it listens, such as http://10.0.0.7:9090.
             */
            address: string;
            /**
             * Api Key
             * @description The node's key; it is not kept.
             */
            api_key?: string | null;
            /**
             * Name
             * @description The node whose stored key is used at its own address.
             */
            name?: string | null;
        };
        /**
         * NodeStatus
         * @description The same with what the last 24 hours were like: looks, how many failed, and the share that was answered.
         */
        NodeStatus: {
            /** Address */
            address: string;
            /** Availability */
            availability: number | null;
            /** Backend */
            backend: string | null;
            /** Checked At */
            checked_at: string | null;
            /** Checks */
            checks: number;
            /** Compute Type */
            compute_type: string | null;
            /** Device */
            device: string | null;
            /** Failures */
            failures: number;
            /** Gitu Version */
            gitu_version: string;
            /** Gpus */
            gpus: components["schemas"]["Gpu"][];
            /** Has Key */
            has_key: boolean;
            /** Key Hint */
            key_hint: string | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Models */
            models: string[];
            /** Name */
            name: string;
            /** Queue Length */
            queue_length: number | null;
            /** Reason */
            reason: string | null;
            /** Requests Per S */
            requests_per_s: number | null;
            /** Running */
            running: number | null;
            /** Same Version */
            same_version: boolean | null;
            /**
             * State
             * @enum {string}
             */
            state: "unknown" | "up" | "loading" | "draining" | "unavailable" | "down";
            /**
             * State Since
             * Format: date-time
             */
            state_since: string;
            /** Tokens Per S */
            tokens_per_s: number | null;
            /** Version */
            version: string | null;
        };
        /**
         * NodeUpdateBody
         * @description Only what is given changes.
         */
        NodeUpdateBody: {
            /** Address */
            address?: string | null;
            /** Api Key */
            api_key?: string | null;
            /** New Name */
            new_name?: string | null;
        };
        /**
         * NotUndone
         * @description A file that stays as it is, and why.
         */
        NotUndone: {
            /** Path */
            path: string;
            /** Problem */
            problem: string;
        };
        /**
         * Notice
         * @description What is held, why, how long, and who gets it. ``receivers`` are known only for someone who is signed in.
         */
        Notice: {
            /** Kinds */
            kinds: components["schemas"]["KindNotice"][];
            /** Receivers */
            receivers: components["schemas"]["Receiver"][] | null;
        };
        /**
         * NoticePart
         * @description Something Gitu itself says: a fallback was used, old messages were left out, no model is connected.
         */
        NoticePart: {
            /** Code */
            code: string;
            /**
             * Origin
             * @default system
             * @enum {string}
             */
            origin: "person" | "assistant" | "system" | "gitu" | "outside";
            /** Text */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "notice";
        };
        /**
         * Offer
         * @description A connection that could be made at once: a key in the environment, or a server on this machine.
         */
        Offer: {
            /** Base Url */
            base_url: string;
            /**
             * Models
             * @default []
             */
            models: string[];
            /** Name */
            name: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "openai" | "anthropic" | "google" | "mistral" | "groq" | "openrouter" | "bedrock" | "openai_compatible";
            /**
             * Source
             * @enum {string}
             */
            source: "environment" | "local";
            /** Variable */
            variable: string | null;
        };
        /** OfferAdopt */
        OfferAdopt: {
            /** Base Url */
            base_url?: string | null;
            /**
             * Provider
             * @enum {string}
             */
            provider: "openai" | "anthropic" | "google" | "mistral" | "groq" | "openrouter" | "bedrock" | "openai_compatible";
            /**
             * Shared
             * @description For everyone; the default for the owner and admins.
             */
            shared?: boolean | null;
            /**
             * Source
             * @enum {string}
             */
            source: "environment" | "local";
        };
        /** Offers */
        Offers: {
            /** Items */
            items: components["schemas"]["Offer"][];
        };
        /** OpenIdLink */
        OpenIdLink: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Issuer */
            issuer: string;
            /** Last Used At */
            last_used_at: string | null;
        };
        /** OpenIdLinks */
        OpenIdLinks: {
            /** Items */
            items: components["schemas"]["OpenIdLink"][];
        };
        /**
         * OpenIdProvider
         * @description ``redirect_uri`` is what the provider has to be told; ``fixed`` says that the settings name it.
         */
        OpenIdProvider: {
            /** Client Id */
            client_id: string;
            /** Fixed */
            fixed: boolean;
            /** Has Secret */
            has_secret: boolean;
            /** Issuer */
            issuer: string;
            /** Name */
            name: string;
            /** Redirect Uri */
            redirect_uri: string;
        };
        /**
         * OpenIdProviderSet
         * @description Without a secret the one that is kept stays, if the issuer does.
         */
        OpenIdProviderSet: {
            /** Client Id */
            client_id: string;
            /** Client Secret */
            client_secret?: string | null;
            /** Issuer */
            issuer: string;
            /** Name */
            name: string;
        };
        /** OpenIdProviders */
        OpenIdProviders: {
            /** Items */
            items: components["schemas"]["OpenIdProvider"][];
            /** Redirect Uri */
            redirect_uri: string;
        };
        /**
         * OpenIdStart
         * @description ``invitation`` is the token of a link to join with; ``next`` where to go afterwards.
         */
        OpenIdStart: {
            /** Invitation */
            invitation?: string | null;
            /**
             * Next
             * @default /
             */
            next?: string;
        };
        /** OwnerCreate */
        OwnerCreate: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language?: "en" | "ar";
            /** Login */
            login: string;
            /** Name */
            name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone?: string;
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /** Page[ApiKey] */
        Page_ApiKey_: {
            /** Items */
            items: components["schemas"]["ApiKey"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Approval] */
        Page_Approval_: {
            /** Items */
            items: components["schemas"]["Approval"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[AuditEntry] */
        Page_AuditEntry_: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Budget] */
        Page_Budget_: {
            /** Items */
            items: components["schemas"]["Budget"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[CallRecord] */
        Page_CallRecord_: {
            /** Items */
            items: components["schemas"]["CallRecord"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Change] */
        Page_Change_: {
            /** Items */
            items: components["schemas"]["Change"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Connection] */
        Page_Connection_: {
            /** Items */
            items: components["schemas"]["Connection"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Device] */
        Page_Device_: {
            /** Items */
            items: components["schemas"]["Device"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[EmbeddingModel] */
        Page_EmbeddingModel_: {
            /** Items */
            items: components["schemas"]["EmbeddingModel"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[ErasureReport] */
        Page_ErasureReport_: {
            /** Items */
            items: components["schemas"]["ErasureReport"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Export] */
        Page_Export_: {
            /** Items */
            items: components["schemas"]["Export"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Folder] */
        Page_Folder_: {
            /** Items */
            items: components["schemas"]["Folder"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Grant] */
        Page_Grant_: {
            /** Items */
            items: components["schemas"]["Grant"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Invitation] */
        Page_Invitation_: {
            /** Items */
            items: components["schemas"]["Invitation"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Message] */
        Page_Message_: {
            /** Items */
            items: components["schemas"]["Message"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Model] */
        Page_Model_: {
            /** Items */
            items: components["schemas"]["Model"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Node] */
        Page_Node_: {
            /** Items */
            items: components["schemas"]["Node"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Passkey] */
        Page_Passkey_: {
            /** Items */
            items: components["schemas"]["Passkey"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[PersonUsageRow] */
        Page_PersonUsageRow_: {
            /** Items */
            items: components["schemas"]["PersonUsageRow"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Run] */
        Page_Run_: {
            /** Items */
            items: components["schemas"]["Run"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[Session] */
        Page_Session_: {
            /** Items */
            items: components["schemas"]["Session"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[UsageRow] */
        Page_UsageRow_: {
            /** Items */
            items: components["schemas"]["UsageRow"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[User] */
        Page_User_: {
            /** Items */
            items: components["schemas"]["User"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Page[VectorSpace] */
        Page_VectorSpace_: {
            /** Items */
            items: components["schemas"]["VectorSpace"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** PairingClaim */
        PairingClaim: {
            /**
             * Claim
             * Format: password
             */
            claim: string;
        };
        /** PairingDecide */
        PairingDecide: {
            /** Approve */
            approve: boolean;
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /** PairingRef */
        PairingRef: {
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /** PairingStart */
        PairingStart: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
        };
        /**
         * PairingToken
         * @description Shown once; whoever types it into a terminal within its time is signed in there as you.
         *
         *     ``qr`` is a picture of the command as a ``data:`` address, for a terminal that has a camera.
         */
        PairingToken: {
            /** Command */
            command: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Qr */
            qr: string;
            /** Token */
            token: string;
        };
        /** Passkey */
        Passkey: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Synced */
            synced: boolean;
        };
        /** PasskeyCreate */
        PasskeyCreate: {
            /** Credential */
            credential: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            /**
             * Ticket
             * Format: password
             */
            ticket: string;
        };
        /** PasskeyRenameBody */
        PasskeyRenameBody: {
            /** Name */
            name: string;
        };
        /** PasskeySignIn */
        PasskeySignIn: {
            /** Credential */
            credential: {
                [key: string]: unknown;
            };
            /**
             * Ticket
             * Format: password
             */
            ticket: string;
        };
        /** PasswordChange */
        PasswordChange: {
            /**
             * Current
             * Format: password
             */
            current: string;
            /**
             * New
             * Format: password
             */
            new: string;
        };
        /**
         * PersonUsageRow
         * @description The same of one person.
         */
        PersonUsageRow: {
            /** Calls */
            calls: number;
            /** Cost */
            cost: string | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Feature */
            feature: string;
            /** Input Tokens */
            input_tokens: number;
            /** Model */
            model: string;
            /** Output Tokens */
            output_tokens: number;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Unknown Cost Calls */
            unknown_cost_calls: number;
        };
        /**
         * Port
         * @description A port, who must reach it, and how it stands. ``node`` names the machine where it is, null for this one.
         */
        Port: {
            /** Commands */
            commands: components["schemas"]["FirewallCommands"][];
            /** Node */
            node: string | null;
            /** Port */
            port: number;
            /** Source */
            source: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed" | "local" | "exposed" | "unknown";
            /** Text */
            text: string;
            /**
             * What
             * @enum {string}
             */
            what: "server" | "node" | "database";
        };
        /** Ports */
        Ports: {
            /** Items */
            items: components["schemas"]["Port"][];
        };
        /** Preferences */
        Preferences: {
            /**
             * Alert Threshold
             * @default notice
             * @enum {string}
             */
            alert_threshold: "info" | "notice" | "warning" | "critical";
            /**
             * Council Members
             * @default []
             */
            council_members: string[];
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "ar";
            /**
             * Notify By
             * @default [
             *       "app"
             *     ]
             */
            notify_by: ("app" | "email" | "push")[];
            quiet_hours: components["schemas"]["QuietHours"] | null;
            /**
             * Theme
             * @default system
             * @enum {string}
             */
            theme: "system" | "light" | "dark";
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
        };
        /**
         * PreferencesUpdate
         * @description Only what is given changes.
         */
        PreferencesUpdate: {
            /** Alert Threshold */
            alert_threshold?: ("info" | "notice" | "warning" | "critical") | null;
            /** Council Members */
            council_members?: string[] | null;
            /** Language */
            language?: ("en" | "ar") | null;
            /** Notify By */
            notify_by?: ("app" | "email" | "push")[] | null;
            quiet_hours?: components["schemas"]["QuietHours"] | null;
            /** Theme */
            theme?: ("system" | "light" | "dark") | null;
            /** Time Zone */
            time_zone?: string | null;
        };
        /**
         * PreviewQuery
         * @description Which change, named by its action, with the input that action would get.
         */
        PreviewQuery: {
            /**
             * Change
             * @description The action that would run, such as files.write_file.
             */
            change: string;
            /**
             * Input
             * @description The input it would get.
             */
            input: {
                [key: string]: unknown;
            };
        };
        /**
         * Problem
         * @description What a door tells of an error (RFC 9457 problem details, media type application/problem+json).
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Fields
             * @default []
             */
            fields?: components["schemas"]["FieldProblem"][];
            /** Request Id */
            request_id?: string | null;
            /** Retry After */
            retry_after?: number | null;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * Proof
         * @description That it is really you: your password, a code, or a passkey.
         *
         *     Whoever has none of them, since a provider signs them in, has signed in a moment ago.
         */
        Proof: {
            /** Code */
            code?: string | null;
            passkey?: components["schemas"]["PasskeySignIn"] | null;
            /** Password */
            password?: string | null;
        };
        /**
         * QuietHours
         * @description No notifications between these times of day, in the person's own zone.
         */
        QuietHours: {
            /** End */
            end: string;
            /** Start */
            start: string;
        };
        /**
         * Ready
         * @description Each part by name: ``ok``, or what is wrong with it.
         */
        Ready: {
            /** Parts */
            parts: {
                [key: string]: string;
            };
            /** Status */
            status: string;
        };
        /** ReasoningPart */
        ReasoningPart: {
            /**
             * Origin
             * @default assistant
             * @enum {string}
             */
            origin: "person" | "assistant" | "system" | "gitu" | "outside";
            /** Text */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reasoning";
        };
        /**
         * Receiver
         * @description Whom a person's words can be sent to.
         */
        Receiver: {
            /** Host */
            host: string;
            /** Local */
            local: boolean;
            /** Name */
            name: string;
        };
        /**
         * RecoveryCodes
         * @description Shown this once; each works one time.
         */
        RecoveryCodes: {
            /** Codes */
            codes: string[];
        };
        /**
         * Remember
         * @description Let the same be done again without asking, within limits.
         *
         *     ``how_long``: in this conversation, until a time, or always. Without ``limits``: exactly what this request touches.
         *     ``after_outside``: also when content from outside was read before.
         */
        Remember: {
            /**
             * After Outside
             * @default false
             */
            after_outside?: boolean;
            /**
             * How Long
             * @enum {string}
             */
            how_long: "session" | "until" | "always";
            limits?: components["schemas"]["Limits"] | null;
            /** Until */
            until?: string | null;
        };
        /** ReportRequest */
        ReportRequest: {
            /**
             * Receipt
             * Format: password
             */
            receipt: string;
        };
        /**
         * Risk
         * @description What running an action may cost: nothing, a change, or a change that can't be undone.
         * @enum {string}
         */
        Risk: "read" | "write" | "dangerous";
        /**
         * Role
         * @description What a person is on this instance; each role may do all that the ones after it may.
         * @enum {string}
         */
        Role: "owner" | "admin" | "member" | "guest";
        /**
         * RoutedWay
         * @description What one way of choosing would have cost and how good it would have been.
         *
         *     ``quality`` is the mean rating (0 to 100) of the models asked, ``well_served`` the share of calls, in percent, for
         *     which that was enough. ``cost`` sums known prices only.
         */
        RoutedWay: {
            /**
             * Cost
             * @example 0.00042
             */
            cost: string;
            /** Quality */
            quality: number;
            /** Unknown Cost Calls */
            unknown_cost_calls: number;
            /**
             * Way
             * @enum {string}
             */
            way: "recorded" | "auto" | "best" | "cheap";
            /** Well Served */
            well_served: number;
        };
        /**
         * RoutingComparison
         * @description Your recorded calls, and the same calls by each way of choosing with the models of now.
         */
        RoutingComparison: {
            /** Calls */
            calls: number;
            /** Ways */
            ways: components["schemas"]["RoutedWay"][];
        };
        /**
         * Run
         * @description A command that ran, or runs.
         */
        Run: {
            /**
             * Audit Id
             * Format: uuid
             */
            audit_id: string;
            /** Command */
            command: string;
            /** Cwd */
            cwd: string | null;
            /** Error Code */
            error_code: string | null;
            /** Exit Code */
            exit_code: number | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Folders
             * @description Whole paths of what was mounted.
             */
            folders: string[];
            /** Hosts */
            hosts: string[];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Sandboxed */
            sandboxed: boolean;
            /** Seconds */
            seconds: number | null;
            /** Session Id */
            session_id: string | null;
            /** Signal */
            signal: number | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "exited" | "timeout" | "cancelled" | "failed" | "cut";
            /** Stderr Bytes */
            stderr_bytes: number;
            /** Stdout Bytes */
            stdout_bytes: number;
        };
        /**
         * RunChange
         * @description A file that a command made, changed or deleted.
         */
        RunChange: {
            /** Folder Name */
            folder_name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "made" | "changed" | "deleted";
            /** Path */
            path: string;
            /** Undoable */
            undoable: boolean;
        };
        /**
         * RunChanges
         * @description What a command changed in your folders: the first of it, and how much it was.
         *
         *     ``complete`` is false where not all was looked at: in folders with very many files, or after very many changes.
         */
        RunChanges: {
            /** Complete */
            complete: boolean;
            /** Count */
            count: number;
            /** Items */
            items: components["schemas"]["RunChange"][];
            /** Undoable */
            undoable: number;
        };
        /**
         * RunCommand
         * @description Your workspace is seen as /workspace, an allowed folder as /folders/ and its name.
         */
        RunCommand: {
            /**
             * Command
             * @description A line for /bin/sh.
             */
            command: string;
            /**
             * Cwd
             * @description Folder to run in, inside the sandbox; without it /workspace.
             */
            cwd?: string | null;
            /**
             * Folders
             * @description Ids of allowed folders to mount.
             * @default []
             */
            folders?: string[];
            /**
             * Hosts
             * @description Hosts it may reach, such as pypi.org or *.example.org:443; else none.
             * @default []
             */
            hosts?: string[];
            /**
             * Run Id
             * @description The run's id, chosen by you so that you can watch it from the beginning.
             */
            run_id?: string | null;
            /**
             * Stdin
             * @description What the command reads from its standard input.
             * @default
             */
            stdin?: string;
            /**
             * Stdin Encoding
             * @description Whether stdin is text, or bytes in base64.
             * @default text
             * @enum {string}
             */
            stdin_encoding?: "text" | "base64";
            /** @description Run it in a terminal of this size. */
            terminal?: components["schemas"]["TerminalSize"] | null;
            /**
             * Timeout S
             * @description Seconds until it is ended.
             * @default 120
             */
            timeout_s?: number;
        };
        /**
         * RunResult
         * @description How a command ended; of long output, the beginning and the end.
         */
        RunResult: {
            /**
             * Audit Id
             * Format: uuid
             * @description The call_id of its entry in the audit log.
             */
            audit_id: string;
            /** @description What it changed in your folders; unknown for what ran outside of the sandbox. */
            changes: components["schemas"]["RunChanges"] | null;
            /**
             * Denied Hosts
             * @description Hosts it asked for in vain.
             */
            denied_hosts: string[];
            /**
             * Exit Code
             * @description 128 + the signal's number when a signal ended it.
             */
            exit_code: number;
            /**
             * Run Id
             * Format: uuid
             */
            run_id: string;
            /** Sandboxed */
            sandboxed: boolean;
            /** Seconds */
            seconds: number;
            /** Signal */
            signal: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "exited" | "timeout" | "cancelled" | "failed" | "cut";
            /** Stderr */
            stderr: string;
            /** Stderr Bytes */
            stderr_bytes: number;
            /** Stdout */
            stdout: string;
            /** Stdout Bytes */
            stdout_bytes: number;
            /**
             * Workspace Full
             * @description Whether the workspace now holds more than it may; delete what is not needed.
             * @default false
             */
            workspace_full: boolean;
        };
        /**
         * RunUndoBody
         * @description A run of a command, by its id.
         */
        RunUndoBody: {
            /**
             * Force
             * @description Undo even if the file was changed since; its content is kept.
             * @default false
             */
            force?: boolean;
        };
        /**
         * RunUndone
         * @description How far what a command changed was taken back.
         */
        RunUndone: {
            /** Left */
            left: components["schemas"]["NotUndone"][];
            /** Undone */
            undone: number;
        };
        /** RunUnsandboxed */
        RunUnsandboxed: {
            /**
             * Command
             * @description A line for /bin/sh, run with all rights that Gitu has on this machine.
             */
            command: string;
            /**
             * Run Id
             * @description The run's id, chosen by you so that you can watch it from the beginning.
             */
            run_id?: string | null;
            /**
             * Stdin
             * @description What the command reads from its standard input.
             * @default
             */
            stdin?: string;
            /**
             * Stdin Encoding
             * @description Whether stdin is text, or bytes in base64.
             * @default text
             * @enum {string}
             */
            stdin_encoding?: "text" | "base64";
            /**
             * Timeout S
             * @description Seconds until it is ended.
             * @default 120
             */
            timeout_s?: number;
        };
        /**
         * RunWithOutput
         * @description With what was kept of its output: the beginning and the end of what was long.
         */
        RunWithOutput: {
            /**
             * Audit Id
             * Format: uuid
             */
            audit_id: string;
            /** Command */
            command: string;
            /** Cwd */
            cwd: string | null;
            /** Error Code */
            error_code: string | null;
            /** Exit Code */
            exit_code: number | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Folders
             * @description Whole paths of what was mounted.
             */
            folders: string[];
            /** Hosts */
            hosts: string[];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Sandboxed */
            sandboxed: boolean;
            /** Seconds */
            seconds: number | null;
            /** Session Id */
            session_id: string | null;
            /** Signal */
            signal: number | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "exited" | "timeout" | "cancelled" | "failed" | "cut";
            /** Stderr */
            stderr: string;
            /** Stderr Bytes */
            stderr_bytes: number;
            /** Stdout */
            stdout: string;
            /** Stdout Bytes */
            stdout_bytes: number;
        };
        /** SandboxList */
        SandboxList: {
            /** Items */
            items: components["schemas"]["SandboxListed"][];
        };
        /**
         * SandboxListed
         * @description A living sandbox of yours.
         */
        SandboxListed: {
            /** Backend */
            backend: string;
            /** Denied Hosts */
            denied_hosts: string[];
            /** Idle S */
            idle_s: number;
            /** Running */
            running: number;
            /** Sandbox */
            sandbox: string;
            /** Session Id */
            session_id: string | null;
        };
        /**
         * ScopeInfo
         * @description ``reads`` is a permission to read; ``unasked`` says whether a program can be let use it without asking.
         */
        ScopeInfo: {
            /** Reads */
            reads: boolean;
            /** Scope */
            scope: string;
            /** Title */
            title: string;
            /** Unasked */
            unasked: boolean;
        };
        /** ScopeList */
        ScopeList: {
            /** Items */
            items: components["schemas"]["ScopeInfo"][];
        };
        /**
         * SecondFactor
         * @description ``recovery_codes_left`` is 0 where none was set up.
         */
        SecondFactor: {
            /** Enabled */
            enabled: boolean;
            /** Recovery Codes Left */
            recovery_codes_left: number;
            /** Since */
            since: string | null;
        };
        /**
         * SecondFactorStarted
         * @description Shown while it is set up: the secret for an app, as text, as a link and as a picture of that link.
         */
        SecondFactorStarted: {
            /** Qr */
            qr: string;
            /** Secret */
            secret: string;
            /** Uri */
            uri: string;
        };
        /** SecondStepTake */
        SecondStepTake: {
            /**
             * Code
             * Format: password
             */
            code: string;
            /**
             * Ticket
             * Format: password
             */
            ticket: string;
        };
        /** Sent */
        Sent: {
            message: components["schemas"]["Message"];
            session: components["schemas"]["Session"];
            turn: components["schemas"]["Turn"];
        };
        /** Session */
        Session: {
            /** Active Turn Id */
            active_turn_id: string | null;
            /** Channel */
            channel: string;
            /** Cost */
            cost: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Message Preview */
            last_message_preview: string;
            /** Model */
            model: string | null;
            /** Owner Name */
            owner_name: string;
            /** Shared */
            shared: boolean;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "ended";
            /** Thread */
            thread: string | null;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * SessionOpen
         * @description With a thread: the open session of that channel and thread, made if there is none.
         */
        SessionOpen: {
            /**
             * Channel
             * @default web
             */
            channel?: string;
            /** Model */
            model?: string | null;
            /** Thread */
            thread?: string | null;
            /** Title */
            title?: string | null;
        };
        /** SessionShareBody */
        SessionShareBody: {
            /** Login */
            login: string;
        };
        /** SessionUpdateBody */
        SessionUpdateBody: {
            /** Model */
            model?: string | null;
            /** Title */
            title?: string | null;
        };
        /** SignIn */
        SignIn: {
            /** Login */
            login: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * Status
         * @description How this Gitu is doing, for the person who asks.
         */
        Status: {
            /**
             * Database
             * @constant
             */
            database: "ok";
            /** Model */
            model: string | null;
            /** Open Sessions */
            open_sessions: number;
            /** Running Turns */
            running_turns: number;
            /** Uptime S */
            uptime_s: number;
            /** Version */
            version: string;
        };
        /**
         * Staying
         * @description Rows of one kind that stay, by an id that names nobody any more, and why.
         */
        Staying: {
            /** Kind */
            kind: string;
            /** Rows */
            rows: number;
            /** Title */
            title: string;
            /** Why */
            why: string;
        };
        /**
         * Stopped
         * @description How many answers were under way and end now.
         */
        Stopped: {
            /** Answers */
            answers: number;
        };
        /**
         * Sum
         * @description An amount of money with its currency (ISO 4217).
         */
        Sum: {
            /**
             * Amount
             * @example 12.50
             */
            amount: string;
            /** Currency */
            currency: string;
        };
        /**
         * TablePart
         * @description A list that a command answered.
         */
        TablePart: {
            /** Columns */
            columns: components["schemas"]["Column"][];
            /**
             * Origin
             * @default system
             * @enum {string}
             */
            origin: "person" | "assistant" | "system" | "gitu" | "outside";
            /** Rows */
            rows: {
                [key: string]: unknown;
            }[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "table";
        };
        /**
         * TerminalSize
         * @description Rows and columns of a terminal.
         */
        TerminalSize: {
            /**
             * Columns
             * @default 80
             */
            columns?: number;
            /**
             * Rows
             * @default 24
             */
            rows?: number;
        };
        /** TextPart */
        TextPart: {
            /**
             * Origin
             * @default assistant
             * @enum {string}
             */
            origin: "person" | "assistant" | "system" | "gitu" | "outside";
            /** Text */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
        };
        /**
         * TokenRedeem
         * @description ``device_id`` is the terminal's own, which it keeps from one sign-in to the next.
         */
        TokenRedeem: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /**
         * Tokens
         * @description What a terminal keeps; browsers get cookies instead, which scripts can't read.
         */
        Tokens: {
            /** Access Token */
            access_token: string;
            me: components["schemas"]["Me"];
            /**
             * Refresh Expires At
             * Format: date-time
             */
            refresh_expires_at: string;
            /** Refresh Token */
            refresh_token: string;
        };
        /** ToolCallPart */
        ToolCallPart: {
            /** Approval Id */
            approval_id: string | null;
            /** Duration Ms */
            duration_ms: number | null;
            /** Error */
            error: string | null;
            /** Id */
            id: string;
            /** Input */
            input: {
                [key: string]: unknown;
            } | null;
            /** Name */
            name: string;
            /**
             * Origin
             * @description Where the output comes from.
             * @default gitu
             * @enum {string}
             */
            origin: "person" | "assistant" | "system" | "gitu" | "outside";
            /** Output */
            output: unknown;
            /**
             * Receipt
             * @description The run of the action, as its audit row names it.
             */
            receipt: string | null;
            /**
             * Status
             * @default running
             * @enum {string}
             */
            status: "running" | "done" | "failed" | "held";
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tool_call";
        };
        /** Turn */
        Turn: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            error: components["schemas"]["ErrorInfo"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Model */
            model: string | null;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "done" | "stopped" | "cut" | "failed";
            usage: components["schemas"]["Usage"];
        };
        /**
         * Usage
         * @description Tokens and money; ``cost`` is None as soon as one call's price is unknown.
         */
        Usage: {
            /** Cost */
            cost: string | null;
            /**
             * Input Tokens
             * @default 0
             */
            input_tokens: number;
            /**
             * Output Tokens
             * @default 0
             */
            output_tokens: number;
        };
        /**
         * UsageRow
         * @description One day's use of one model by one feature; ``cost`` sums the known prices only.
         */
        UsageRow: {
            /** Calls */
            calls: number;
            /** Cost */
            cost: string | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Feature */
            feature: string;
            /** Input Tokens */
            input_tokens: number;
            /** Model */
            model: string;
            /** Output Tokens */
            output_tokens: number;
            /** Unknown Cost Calls */
            unknown_cost_calls: number;
        };
        /** User */
        User: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Disabled */
            disabled: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Seen At */
            last_seen_at: string | null;
            /** Login */
            login: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /** Second Factor */
            second_factor: boolean;
        };
        /** UserUpdateBody */
        UserUpdateBody: {
            /** Disabled */
            disabled?: boolean | null;
            /** Role */
            role?: ("admin" | "member" | "guest") | null;
        };
        /**
         * VectorSpace
         * @description The vectors of one index by one model: those searched now (active), or those being computed (building).
         */
        VectorSpace: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dimensions */
            dimensions: number | null;
            /** Done */
            done: number;
            /** Error */
            error: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: string;
            /** Model */
            model: string;
            /** Shared */
            shared: boolean;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "building" | "failed" | "cancelled" | "retired";
            /** Total */
            total: number;
            /** Vectors */
            vectors: number;
        };
        /**
         * WaitingPairing
         * @description ``link`` is drawn as a code; ``claim`` stays in the terminal.
         */
        WaitingPairing: {
            /** Claim */
            claim: string;
            /** Code */
            code: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Link */
            link: string;
        };
        /**
         * WaitingStep
         * @description The first proof was right; the ticket and a code finish the sign-in.
         */
        WaitingStep: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Ticket */
            ticket: string;
        };
        /**
         * WaitingTerminal
         * @description What a person sees before they link a terminal; the code must be the one that it shows.
         */
        WaitingTerminal: {
            /** Address */
            address: string | null;
            /** Code */
            code: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Name */
            name: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    trust__list_actions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "command": "assistant list-sessions",
                     *           "doors": [
                     *             "rest"
                     *           ],
                     *           "feature": "assistant",
                     *           "http": "GET /sessions",
                     *           "input_schema": {},
                     *           "name": "assistant.list_sessions",
                     *           "risk": "read",
                     *           "scope": "assistant:read",
                     *           "summary": "List your conversations"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ActionList"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_api_keys: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "expires_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "last_used_at": "2026-03-14T09:26:53Z",
                     *           "name": "Backup script",
                     *           "prefix": "gitu_k_7Hq2",
                     *           "reads": false,
                     *           "requests_per_minute": 1,
                     *           "scopes": [
                     *             "assistant:read"
                     *           ],
                     *           "unasked": [
                     *             "text"
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_ApiKey_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Backup script",
                 *       "scopes": [
                 *         "assistant:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": {
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "expires_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "last_used_at": "2026-03-14T09:26:53Z",
                     *         "name": "Backup script",
                     *         "prefix": "gitu_k_7Hq2",
                     *         "reads": false,
                     *         "requests_per_minute": 1,
                     *         "scopes": [
                     *           "assistant:read"
                     *         ],
                     *         "unasked": [
                     *           "text"
                     *         ]
                     *       },
                     *       "secret": "gitu_k_7Hq2mK9sLwpQ7vX2"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyCreated"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__revoke_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__list_approvals: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description ``decided``: all that waits no more, also because its time is over. */
                state?: ("pending" | "approved" | "denied" | "expired" | "failed") | "decided" | null;
                session_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "action": "assistant.delete_session",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "decided_at": "2026-03-14T09:26:53Z",
                     *           "delegate": "agent",
                     *           "delegate_name": "text",
                     *           "effect": {
                     *             "amount": {
                     *               "amount": "12.50",
                     *               "currency": "USD"
                     *             },
                     *             "command": "assistant list-sessions",
                     *             "diff": "text",
                     *             "hosts": [],
                     *             "paths": [],
                     *             "recipients": []
                     *           },
                     *           "error_code": null,
                     *           "expires_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "input": {},
                     *           "origin": {},
                     *           "outside": [
                     *             "text"
                     *           ],
                     *           "requested_by": "agent",
                     *           "risk": "read",
                     *           "running": false,
                     *           "scope": "assistant:read",
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "state": "pending",
                     *           "title": "Invoice of the workshop"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Approval_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__get_approval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "assistant.delete_session",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "decided_at": "2026-03-14T09:26:53Z",
                     *       "delegate": "agent",
                     *       "delegate_name": "text",
                     *       "effect": {
                     *         "amount": {
                     *           "amount": "12.50",
                     *           "currency": "USD"
                     *         },
                     *         "command": "assistant list-sessions",
                     *         "diff": "text",
                     *         "hosts": [],
                     *         "paths": [],
                     *         "recipients": []
                     *       },
                     *       "error_code": null,
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "input": {},
                     *       "origin": {},
                     *       "outside": [
                     *         "text"
                     *       ],
                     *       "requested_by": "agent",
                     *       "risk": "read",
                     *       "running": false,
                     *       "scope": "assistant:read",
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "state": "pending",
                     *       "title": "Invoice of the workshop"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "remember": {
                 *         "how_long": "session"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalGiveBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "approval": {
                     *         "action": "assistant.delete_session",
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "decided_at": "2026-03-14T09:26:53Z",
                     *         "delegate": "agent",
                     *         "delegate_name": "text",
                     *         "effect": {
                     *           "amount": {
                     *             "amount": "12.50",
                     *             "currency": "USD"
                     *           },
                     *           "command": "assistant list-sessions",
                     *           "diff": "text",
                     *           "hosts": [],
                     *           "paths": [],
                     *           "recipients": []
                     *         },
                     *         "error_code": null,
                     *         "expires_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "input": {},
                     *         "origin": {},
                     *         "outside": [
                     *           "text"
                     *         ],
                     *         "requested_by": "agent",
                     *         "risk": "read",
                     *         "running": false,
                     *         "scope": "assistant:read",
                     *         "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "state": "pending",
                     *         "title": "Invoice of the workshop"
                     *       },
                     *       "output": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ApprovalDecided"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__deny: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "approval": {
                     *         "action": "assistant.delete_session",
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "decided_at": "2026-03-14T09:26:53Z",
                     *         "delegate": "agent",
                     *         "delegate_name": "text",
                     *         "effect": {
                     *           "amount": {
                     *             "amount": "12.50",
                     *             "currency": "USD"
                     *           },
                     *           "command": "assistant list-sessions",
                     *           "diff": "text",
                     *           "hosts": [],
                     *           "paths": [],
                     *           "recipients": []
                     *         },
                     *         "error_code": null,
                     *         "expires_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "input": {},
                     *         "origin": {},
                     *         "outside": [
                     *           "text"
                     *         ],
                     *         "requested_by": "agent",
                     *         "risk": "read",
                     *         "running": false,
                     *         "scope": "assistant:read",
                     *         "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "state": "pending",
                     *         "title": "Invoice of the workshop"
                     *       },
                     *       "output": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ApprovalDecided"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__list_audit: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                query?: string;
                actor_id?: string | null;
                action?: string | null;
                outcome?: ("ok" | "denied" | "held" | "failed") | null;
                /** @description One run of an action, as its receipt names it. */
                call_id?: string | null;
                /** @description Leave out what was only read. */
                changes_only?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "action": "assistant.delete_session",
                     *           "actor_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "actor_kind": "person",
                     *           "actor_name": "Amal Haddad",
                     *           "at": "2026-03-14T09:26:53Z",
                     *           "cost": "0.0042",
                     *           "door": "rest",
                     *           "duration_ms": 1.5,
                     *           "error_code": null,
                     *           "hash": "9f2c61d0a4b8e7356c1f",
                     *           "id": 1,
                     *           "input_digest": "4be19c07d2f3a8560b1e",
                     *           "outcome": "ok",
                     *           "risk": "read",
                     *           "seq": 1,
                     *           "title": "Invoice of the workshop"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_AuditEntry_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal",
                 *       "name": "Amal Haddad",
                 *       "password": "a copper kettle sings",
                 *       "token": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationAccept"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_openid: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "next": "/"
                 *     }
                 */
                "application/json": components["schemas"]["OpenIdStart"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["GoThere"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__redeem_pairing_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                 *       "token": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["TokenRedeem"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "gitu_at_pQ7vX2mK9sLw",
                     *       "me": {
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "login": "amal",
                     *         "name": "Amal Haddad",
                     *         "preferences": {
                     *           "alert_threshold": "info",
                     *           "council_members": [],
                     *           "language": "en",
                     *           "notify_by": [
                     *             "app"
                     *           ],
                     *           "quiet_hours": null,
                     *           "theme": "system",
                     *           "time_zone": "Asia/Riyadh"
                     *         },
                     *         "role": "owner",
                     *         "scopes": [
                     *           "assistant:read"
                     *         ]
                     *       },
                     *       "refresh_expires_at": "2026-03-14T09:26:53Z",
                     *       "refresh_token": "gitu_rt_9sLwpQ7vX2mK"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                 *     }
                 */
                "application/json": components["schemas"]["PairingStart"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "claim": "text",
                     *       "code": "request.invalid",
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "link": "http://127.0.0.1:8000/join#pQ7vX2mK9sLw"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingPairing"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__claim_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "claim": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PairingClaim"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "gitu_at_pQ7vX2mK9sLw",
                     *       "me": {
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "login": "amal",
                     *         "name": "Amal Haddad",
                     *         "preferences": {
                     *           "alert_threshold": "info",
                     *           "council_members": [],
                     *           "language": "en",
                     *           "notify_by": [
                     *             "app"
                     *           ],
                     *           "quiet_hours": null,
                     *           "theme": "system",
                     *           "time_zone": "Asia/Riyadh"
                     *         },
                     *         "role": "owner",
                     *         "scopes": [
                     *           "assistant:read"
                     *         ]
                     *       },
                     *       "refresh_expires_at": "2026-03-14T09:26:53Z",
                     *       "refresh_token": "gitu_rt_9sLwpQ7vX2mK"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__sign_in_with_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {},
                 *       "ticket": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeySignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_passkey_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {},
                     *       "ticket": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["BrowserQuestion"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__take_second_step: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "a copper kettle sings",
                 *       "ticket": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["SecondStepTake"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_owner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal",
                 *       "name": "Amal Haddad",
                 *       "password": "a copper kettle sings",
                 *       "token": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["OwnerCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal",
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A code is needed as well. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "ticket": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingStep"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__sign_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal",
                 *       "name": "Amal Haddad",
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal",
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "gitu_at_pQ7vX2mK9sLw",
                     *       "me": {
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "login": "amal",
                     *         "name": "Amal Haddad",
                     *         "preferences": {
                     *           "alert_threshold": "info",
                     *           "council_members": [],
                     *           "language": "en",
                     *           "notify_by": [
                     *             "app"
                     *           ],
                     *           "quiet_hours": null,
                     *           "theme": "system",
                     *           "time_zone": "Asia/Riyadh"
                     *         },
                     *         "role": "owner",
                     *         "scopes": [
                     *           "assistant:read"
                     *         ]
                     *       },
                     *       "refresh_expires_at": "2026-03-14T09:26:53Z",
                     *       "refresh_token": "gitu_rt_9sLwpQ7vX2mK"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description A code is needed as well. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "ticket": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingStep"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_tokens_second_step: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "a copper kettle sings",
                 *       "ticket": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["SecondStepTake"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "gitu_at_pQ7vX2mK9sLw",
                     *       "me": {
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "login": "amal",
                     *         "name": "Amal Haddad",
                     *         "preferences": {
                     *           "alert_threshold": "info",
                     *           "council_members": [],
                     *           "language": "en",
                     *           "notify_by": [
                     *             "app"
                     *           ],
                     *           "quiet_hours": null,
                     *           "theme": "system",
                     *           "time_zone": "Asia/Riyadh"
                     *         },
                     *         "role": "owner",
                     *         "scopes": [
                     *           "assistant:read"
                     *         ]
                     *       },
                     *       "refresh_expires_at": "2026-03-14T09:26:53Z",
                     *       "refresh_token": "gitu_rt_9sLwpQ7vX2mK"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_devices: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                kind?: ("browser" | "terminal") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "address": "192.168.1.20",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "current": false,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "kind": "browser",
                     *           "last_used_at": "2026-03-14T09:26:53Z",
                     *           "method": "password",
                     *           "name": "Firefox · Linux"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Device_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__revoke_other_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__revoke_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__list_changes: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Only changes in this allowed folder. */
                folder_id?: string | null;
                /** @description A part of the path. */
                query?: string;
                /** @description Only those that can still be undone. */
                undoable?: boolean;
                /** @description Only those that the command of this run made. */
                run_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "actor": "text",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "digest_after": "text",
                     *           "digest_before": "text",
                     *           "entry": "file",
                     *           "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "folder_name": "text",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "kind": "write",
                     *           "path": "title",
                     *           "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "size_after": 1,
                     *           "size_before": 1,
                     *           "to_path": "text",
                     *           "undo_until": "2026-03-14T09:26:53Z",
                     *           "undoable": false,
                     *           "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Change_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__undo_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                change_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "force": false
                 *     }
                 */
                "application/json": components["schemas"]["ChangeUndoBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__read_file: {
        parameters: {
            query: {
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                /**
                 * @description Path inside the folder, such as notes/plan.md.
                 * @example text
                 */
                path: string;
                /** @description Give the content as text, or as base64 for binary files. */
                encoding?: "text" | "base64";
                /** @description Byte to start at, for large files. */
                offset?: number;
                /** @description Most bytes to return. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charset": "text",
                     *       "content": "text",
                     *       "digest": "text",
                     *       "encoding": "text",
                     *       "modified_at": "2026-03-14T09:26:53Z",
                     *       "next_offset": 1,
                     *       "offset": 1,
                     *       "path": "title",
                     *       "size": 1
                     *     }
                     */
                    "application/json": components["schemas"]["FileContent"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__write_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "text",
                 *       "path": "title"
                 *     }
                 */
                "application/json": components["schemas"]["FileWrite"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__edit_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "new_text": "text",
                 *       "old_text": "text",
                 *       "path": "title"
                 *     }
                 */
                "application/json": components["schemas"]["FileEdit"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__copy_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "title",
                 *       "to": "text"
                 *     }
                 */
                "application/json": components["schemas"]["FileCopy"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__download_file: {
        parameters: {
            query: {
                /**
                 * @description Path inside the folder.
                 * @example text
                 */
                path: string;
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example text */
                    "application/octet-stream": string;
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__list_entries: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                /** @description The folder to list, inside the allowed one; empty for itself. */
                path?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "file",
                     *           "linked": false,
                     *           "modified_at": "2026-03-14T09:26:53Z",
                     *           "name": "Amal Haddad",
                     *           "path": "title",
                     *           "size": 1
                     *         }
                     *       ],
                     *       "next_cursor": null,
                     *       "path": "title",
                     *       "unusable": 0
                     *     }
                     */
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__make_folder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "title"
                 *     }
                 */
                "application/json": components["schemas"]["FolderMake"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__delete_file: {
        parameters: {
            query: {
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                /**
                 * @description Path inside the folder, such as notes/plan.md.
                 * @example text
                 */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__list_folders: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Everybody's allowed folders instead of yours; for admins. */
                everyone?: boolean;
                /** @description Those taken back as well. */
                revoked?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "kind": "workspace",
                     *           "linked_files": false,
                     *           "name": "Amal Haddad",
                     *           "path": "title",
                     *           "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "revoked_at": "2026-03-14T09:26:53Z",
                     *           "writable": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Folder_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__allow_folder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "title",
                 *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                 *     }
                 */
                "application/json": components["schemas"]["FolderAllow"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "workspace",
                     *       "linked_files": false,
                     *       "name": "Amal Haddad",
                     *       "path": "title",
                     *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "revoked_at": "2026-03-14T09:26:53Z",
                     *       "writable": false
                     *     }
                     */
                    "application/json": components["schemas"]["Folder"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__revoke_folder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__move_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "title",
                 *       "to": "text"
                 *     }
                 */
                "application/json": components["schemas"]["FileMove"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__preview_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "change": "text",
                 *       "input": {}
                 *     }
                 */
                "application/json": components["schemas"]["PreviewQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1,
                     *       "diff": "text",
                     *       "diff_cut": false,
                     *       "entry": "file",
                     *       "folder_name": "text",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "removed": 1,
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangePreview"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__undo_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "force": false
                 *     }
                 */
                "application/json": components["schemas"]["RunUndoBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "left": [
                     *         {
                     *           "path": "title",
                     *           "problem": "text"
                     *         }
                     *       ],
                     *       "undone": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RunUndone"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__search_files: {
        parameters: {
            query: {
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                /**
                 * @description A part of a name or of a line; case does not matter.
                 * @example text
                 */
                query: string;
                /** @description What to look at. */
                where?: "names" | "content" | "both";
                /** @description Look only below this folder. */
                path?: string;
                /** @description Most matches to return. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "file",
                     *           "line": 1,
                     *           "path": "title",
                     *           "size": 1,
                     *           "text": "When is the invoice due?"
                     *         }
                     *       ],
                     *       "stopped": ""
                     *     }
                     */
                    "application/json": components["schemas"]["FileMatches"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__stat_file: {
        parameters: {
            query: {
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                /**
                 * @description Path inside the folder, such as notes/plan.md.
                 * @example text
                 */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "file",
                     *       "linked": false,
                     *       "modified_at": "2026-03-14T09:26:53Z",
                     *       "name": "Amal Haddad",
                     *       "path": "title",
                     *       "size": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files__upload_file: {
        parameters: {
            query: {
                /**
                 * @description Path inside the folder.
                 * @example text
                 */
                path: string;
                /** @description The allowed folder's id; without it your own workspace. */
                folder_id?: string | null;
                overwrite?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example text */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "text",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "digest_after": "text",
                     *       "digest_before": "text",
                     *       "entry": "file",
                     *       "folder_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "folder_name": "text",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "write",
                     *       "path": "title",
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "size_after": 1,
                     *       "size_before": 1,
                     *       "to_path": "text",
                     *       "undo_until": "2026-03-14T09:26:53Z",
                     *       "undoable": false,
                     *       "undoes": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "undone_by": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *     }
                     */
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__list_grants: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                state?: "active" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "after_outside": false,
                     *           "covers": "files:read",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "delegate": "agent",
                     *           "delegate_name": "text",
                     *           "expires_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "last_used_at": "2026-03-14T09:26:53Z",
                     *           "limits": {
                     *             "paths": [
                     *               "text"
                     *             ]
                     *           },
                     *           "origin": "baseline",
                     *           "reason": "text",
                     *           "revoked_at": "2026-03-14T09:26:53Z",
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "state": "active",
                     *           "title": "Invoice of the workshop"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Grant_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__create_grant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "covers": "files:read"
                 *     }
                 */
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "after_outside": false,
                     *       "covers": "files:read",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "delegate": "agent",
                     *       "delegate_name": "text",
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_used_at": "2026-03-14T09:26:53Z",
                     *       "limits": {
                     *         "paths": [
                     *           "text"
                     *         ]
                     *       },
                     *       "origin": "baseline",
                     *       "reason": "text",
                     *       "revoked_at": "2026-03-14T09:26:53Z",
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "state": "active",
                     *       "title": "Invoice of the workshop"
                     *     }
                     */
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trust__revoke_grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__get_instance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Haddad & Sons",
                     *       "openid": "text",
                     *       "sign_up": "invitation",
                     *       "state": "owner_needed",
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__get_openid_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "client_id": "text",
                     *           "fixed": false,
                     *           "has_secret": false,
                     *           "issuer": "text",
                     *           "name": "Amal Haddad",
                     *           "redirect_uri": "text"
                     *         }
                     *       ],
                     *       "redirect_uri": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenIdProviders"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__set_openid_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client_id": "text",
                 *       "issuer": "text",
                 *       "name": "Amal Haddad"
                 *     }
                 */
                "application/json": components["schemas"]["OpenIdProviderSet"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "client_id": "text",
                     *       "fixed": false,
                     *       "has_secret": false,
                     *       "issuer": "text",
                     *       "name": "Amal Haddad",
                     *       "redirect_uri": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenIdProvider"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__remove_openid_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__update_instance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Haddad & Sons"
                 *     }
                 */
                "application/json": components["schemas"]["InstanceUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Haddad & Sons",
                     *       "openid": "text",
                     *       "sign_up": "invitation",
                     *       "state": "owner_needed",
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_invitations: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "expires_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "note": "For the bookkeeper",
                     *           "role": "owner",
                     *           "used_at": "2026-03-14T09:26:53Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Invitation_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationCreate"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invitation": {
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "expires_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "note": "For the bookkeeper",
                     *         "role": "owner",
                     *         "used_at": "2026-03-14T09:26:53Z"
                     *       },
                     *       "link": "http://127.0.0.1:8000/join#pQ7vX2mK9sLw"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationCreated"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__revoke_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__update_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Amal Haddad"
                 *     }
                 */
                "application/json": components["schemas"]["MeUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__get_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": false,
                     *       "confirmed_until": "2026-03-14T09:26:53Z",
                     *       "openid": "text",
                     *       "passkey": false,
                     *       "password": false
                     *     }
                     */
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["Proof"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": false,
                     *       "confirmed_until": "2026-03-14T09:26:53Z",
                     *       "openid": "text",
                     *       "passkey": false,
                     *       "password": false
                     *     }
                     */
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__confirm_with_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {},
                 *       "ticket": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeySignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": false,
                     *       "confirmed_until": "2026-03-14T09:26:53Z",
                     *       "openid": "text",
                     *       "passkey": false,
                     *       "password": false
                     *     }
                     */
                    "application/json": components["schemas"]["Confirmation"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_passkey_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {},
                     *       "ticket": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["BrowserQuestion"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_openid_links: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "email": "text",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "issuer": "text",
                     *           "last_used_at": "2026-03-14T09:26:53Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OpenIdLinks"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_openid_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "next": "/"
                 *     }
                 */
                "application/json": components["schemas"]["OpenIdStart"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["GoThere"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__remove_openid_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_passkeys: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "last_used_at": "2026-03-14T09:26:53Z",
                     *           "name": "Amal Haddad",
                     *           "synced": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Passkey_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__add_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {},
                 *       "name": "Amal Haddad",
                 *       "ticket": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_used_at": "2026-03-14T09:26:53Z",
                     *       "name": "Amal Haddad",
                     *       "synced": false
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {},
                     *       "ticket": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["BrowserQuestion"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__remove_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__rename_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Amal Haddad"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyRenameBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_used_at": "2026-03-14T09:26:53Z",
                     *       "name": "Amal Haddad",
                     *       "synced": false
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current": "a copper kettle sings",
                 *       "new": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__update_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["PreferencesUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "preferences": {
                     *         "alert_threshold": "info",
                     *         "council_members": [],
                     *         "language": "en",
                     *         "notify_by": [
                     *           "app"
                     *         ],
                     *         "quiet_hours": null,
                     *         "theme": "system",
                     *         "time_zone": "Asia/Riyadh"
                     *       },
                     *       "role": "owner",
                     *       "scopes": [
                     *         "assistant:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__get_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "enabled": false,
                     *       "recovery_codes_left": 1,
                     *       "since": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__start_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "qr": "text",
                     *       "secret": "gitu_k_7Hq2mK9sLwpQ7vX2",
                     *       "uri": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["SecondFactorStarted"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__confirm_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["CodeGiven"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "codes": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__disable_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["Proof"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "password": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["Proof"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "codes": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__send_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "When is the invoice due?"
                 *     }
                 */
                "application/json": components["schemas"]["MessageSend"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": {
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "error": null,
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *         "parts": [
                     *           {
                     *             "origin": "person",
                     *             "text": "When is the invoice due?",
                     *             "type": "text"
                     *           }
                     *         ],
                     *         "role": "person",
                     *         "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "status": "complete",
                     *         "turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "usage": {
                     *           "cost": "0.0042",
                     *           "input_tokens": 812,
                     *           "output_tokens": 145
                     *         }
                     *       },
                     *       "session": {
                     *         "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "channel": "web",
                     *         "cost": "0.0042",
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "last_message_preview": "The invoice is due on Friday.",
                     *         "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *         "owner_name": "Amal Haddad",
                     *         "shared": false,
                     *         "state": "open",
                     *         "thread": null,
                     *         "title": "Invoice of the workshop",
                     *         "updated_at": "2026-03-14T09:26:53Z"
                     *       },
                     *       "turn": {
                     *         "created_at": "2026-03-14T09:26:53Z",
                     *         "error": null,
                     *         "finished_at": "2026-03-14T09:26:53Z",
                     *         "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *         "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *         "started_at": "2026-03-14T09:26:53Z",
                     *         "state": "queued",
                     *         "usage": {
                     *           "cost": "0.0042",
                     *           "input_tokens": 812,
                     *           "output_tokens": 145
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_models: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Part of its name. */
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "connection_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "connection_name": "Workshop server",
                     *           "context_window": 128000,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "input_price": "2.5",
                     *           "local": false,
                     *           "name": "llama3.3",
                     *           "output_price": "10",
                     *           "provider": "openai"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Model_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_budgets: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description All that admins set too, for whomever; admins only. */
                everyone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "by_admin": false,
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "hard": false,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "kind": "instance",
                     *           "limit": "0.00042",
                     *           "lost": "0.00042",
                     *           "may_change": false,
                     *           "percent": 1,
                     *           "period": "day",
                     *           "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "reserved": "0.00042",
                     *           "resets_at": "2026-03-14T09:26:53Z",
                     *           "spent": "0.00042",
                     *           "subject": "text"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Budget_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__create_budget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "instance",
                 *       "limit": "12.50",
                 *       "period": "day"
                 *     }
                 */
                "application/json": components["schemas"]["BudgetCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by_admin": false,
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "hard": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "instance",
                     *       "limit": "0.00042",
                     *       "lost": "0.00042",
                     *       "may_change": false,
                     *       "percent": 1,
                     *       "period": "day",
                     *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "reserved": "0.00042",
                     *       "resets_at": "2026-03-14T09:26:53Z",
                     *       "spent": "0.00042",
                     *       "subject": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__delete_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                budget_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__update_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                budget_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": "12.50"
                 *     }
                 */
                "application/json": components["schemas"]["BudgetUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by_admin": false,
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "hard": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kind": "instance",
                     *       "limit": "0.00042",
                     *       "lost": "0.00042",
                     *       "may_change": false,
                     *       "percent": 1,
                     *       "period": "day",
                     *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "reserved": "0.00042",
                     *       "resets_at": "2026-03-14T09:26:53Z",
                     *       "spent": "0.00042",
                     *       "subject": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_cache: {
        parameters: {
            query?: {
                /** @description How many days back, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": [
                     *         {
                     *           "cached_tokens": 1,
                     *           "day": "2026-03-14",
                     *           "hits": 1,
                     *           "input_tokens": 812,
                     *           "misses": 1,
                     *           "saved": "0.00042",
                     *           "saved_tokens": 1,
                     *           "unknown_saved": 1
                     *         }
                     *       ],
                     *       "entries": 1,
                     *       "hours": 1,
                     *       "size": 1,
                     *       "where": "memory"
                     *     }
                     */
                    "application/json": components["schemas"]["CacheReport"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__clear_cache: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "instance": false
                 *     }
                 */
                "application/json": components["schemas"]["CacheClear"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CacheGone"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_calls: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Only the calls of one conversation. */
                session_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-03-14T09:26:53Z",
                     *           "cache": "hit",
                     *           "cached_tokens": 1,
                     *           "cost": "0.0042",
                     *           "error_code": null,
                     *           "estimated": false,
                     *           "feature": "assistant",
                     *           "first_token_ms": 210.4,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "input_tokens": 812,
                     *           "latency_ms": 840.2,
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "outcome": "running",
                     *           "output_tokens": 145,
                     *           "reason": "text",
                     *           "saved": "0.00042",
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_CallRecord_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_connections: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "base_url": "http://127.0.0.1:11434/v1",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "has_key": false,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "key_hint": "…4f2a",
                     *           "last_error": null,
                     *           "models": [
                     *             "llama3.3"
                     *           ],
                     *           "name": "Workshop server",
                     *           "provider": "openai",
                     *           "shared": false,
                     *           "status": "ok"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Connection_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__create_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider": "openai"
                 *     }
                 */
                "application/json": components["schemas"]["ConnectionCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://127.0.0.1:11434/v1",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "has_key": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "key_hint": "…4f2a",
                     *       "last_error": null,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Workshop server",
                     *       "provider": "openai",
                     *       "shared": false,
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__delete_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__update_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Workshop server"
                 *     }
                 */
                "application/json": components["schemas"]["ConnectionUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://127.0.0.1:11434/v1",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "has_key": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "key_hint": "…4f2a",
                     *       "last_error": null,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Workshop server",
                     *       "provider": "openai",
                     *       "shared": false,
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__test_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": null,
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "ok": false
                     *     }
                     */
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_defaults: {
        parameters: {
            query?: {
                /** @description The instance's defaults instead of one's own. */
                instance?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "default": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "fallbacks": []
                     *     }
                     */
                    "application/json": components["schemas"]["Defaults"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__set_defaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "default": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3"
                 *     }
                 */
                "application/json": components["schemas"]["DefaultsSet"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "default": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "fallbacks": []
                     *     }
                     */
                    "application/json": components["schemas"]["Defaults"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_discovered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "base_url": "http://127.0.0.1:11434/v1",
                     *           "models": [
                     *             "llama3.3"
                     *           ],
                     *           "name": "Ollama",
                     *           "provider": "openai",
                     *           "source": "environment",
                     *           "variable": "OPENAI_API_KEY"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Offers"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__adopt_discovered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider": "openai",
                 *       "source": "environment"
                 *     }
                 */
                "application/json": components["schemas"]["OfferAdopt"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://127.0.0.1:11434/v1",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "has_key": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "key_hint": "…4f2a",
                     *       "last_error": null,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Workshop server",
                     *       "provider": "openai",
                     *       "shared": false,
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_embedding_models: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Part of its name. */
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "connection_name": "Workshop server",
                     *           "dimensions": 1,
                     *           "id": "text",
                     *           "input_price": "2.5",
                     *           "is_default": false,
                     *           "local": false,
                     *           "name": "Amal Haddad",
                     *           "window": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_EmbeddingModel_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_embedding_default: {
        parameters: {
            query?: {
                /** @description The instance's default instead of one's own. */
                instance?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chosen": "text",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "recomputing": 0
                     *     }
                     */
                    "application/json": components["schemas"]["EmbeddingDefault"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__set_embedding_default: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3"
                 *     }
                 */
                "application/json": components["schemas"]["EmbeddingDefaultSet"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chosen": "text",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "recomputing": 0
                     *     }
                     */
                    "application/json": components["schemas"]["EmbeddingDefault"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__compare_routing: {
        parameters: {
            query?: {
                /** @description How many days back. */
                days?: number;
                /** @description Most calls to look at, the newest. */
                calls?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "calls": 12,
                     *       "ways": [
                     *         {
                     *           "cost": "0.00042",
                     *           "quality": 1.5,
                     *           "unknown_cost_calls": 1,
                     *           "way": "recorded",
                     *           "well_served": 1.5
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RoutingComparison"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_usage: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description How many days back, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "calls": 12,
                     *           "cost": "0.0042",
                     *           "day": "2026-03-14",
                     *           "feature": "assistant",
                     *           "input_tokens": 812,
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "output_tokens": 145,
                     *           "unknown_cost_calls": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_UsageRow_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_usage_of_everyone: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description How many days back, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "calls": 12,
                     *           "cost": "0.0042",
                     *           "day": "2026-03-14",
                     *           "feature": "assistant",
                     *           "input_tokens": 812,
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "output_tokens": 145,
                     *           "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "unknown_cost_calls": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_PersonUsageRow_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_vector_spaces: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Those of indexes that everyone shares. */
                instance?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "dimensions": 1,
                     *           "done": 1,
                     *           "error": null,
                     *           "finished_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "index": "text",
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "shared": false,
                     *           "state": "active",
                     *           "total": 1,
                     *           "vectors": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_VectorSpace_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__start_reembedding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "index": "text"
                 *     }
                 */
                "application/json": components["schemas"]["IndexRef"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "dimensions": 1,
                     *       "done": 1,
                     *       "error": null,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "index": "text",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "shared": false,
                     *       "state": "active",
                     *       "total": 1,
                     *       "vectors": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VectorSpace"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__cancel_reembedding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                space_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "dimensions": 1,
                     *       "done": 1,
                     *       "error": null,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "index": "text",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "shared": false,
                     *       "state": "active",
                     *       "total": 1,
                     *       "vectors": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VectorSpace"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_nodes: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "address": "192.168.1.20",
                     *           "backend": "text",
                     *           "checked_at": "2026-03-14T09:26:53Z",
                     *           "compute_type": "text",
                     *           "device": "text",
                     *           "gpus": [
                     *             {
                     *               "busy": 1.5,
                     *               "number": 1,
                     *               "total_bytes": 1,
                     *               "used_bytes": 1
                     *             }
                     *           ],
                     *           "has_key": false,
                     *           "key_hint": "…4f2a",
                     *           "latency_ms": 840.2,
                     *           "models": [
                     *             "llama3.3"
                     *           ],
                     *           "name": "Amal Haddad",
                     *           "queue_length": 1,
                     *           "reason": "text",
                     *           "requests_per_s": 1.5,
                     *           "running": 1,
                     *           "state": "unknown",
                     *           "state_since": "2026-03-14T09:26:53Z",
                     *           "tokens_per_s": 1.5,
                     *           "version": "1.0.0"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Node_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__create_node: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "192.168.1.20",
                 *       "name": "workshop"
                 *     }
                 */
                "application/json": components["schemas"]["NodeCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "192.168.1.20",
                     *       "backend": "text",
                     *       "checked_at": "2026-03-14T09:26:53Z",
                     *       "compute_type": "text",
                     *       "device": "text",
                     *       "gpus": [
                     *         {
                     *           "busy": 1.5,
                     *           "number": 1,
                     *           "total_bytes": 1,
                     *           "used_bytes": 1
                     *         }
                     *       ],
                     *       "has_key": false,
                     *       "key_hint": "…4f2a",
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Amal Haddad",
                     *       "queue_length": 1,
                     *       "reason": "text",
                     *       "requests_per_s": 1.5,
                     *       "running": 1,
                     *       "state": "unknown",
                     *       "state_since": "2026-03-14T09:26:53Z",
                     *       "tokens_per_s": 1.5,
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Node"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__list_ports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "commands": [
                     *             {
                     *               "commands": [
                     *                 "text"
                     *               ],
                     *               "tool": "ufw"
                     *             }
                     *           ],
                     *           "node": "text",
                     *           "port": 1,
                     *           "source": "text",
                     *           "state": "open",
                     *           "text": "When is the invoice due?",
                     *           "what": "server"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Ports"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__probe_node: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "192.168.1.20"
                 *     }
                 */
                "application/json": components["schemas"]["NodeProbe"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "device": "text",
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "ok": false,
                     *       "problem": "text",
                     *       "state": "unknown",
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["NodeCheck"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__delete_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example text */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__update_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example text */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "new_name": "workshop"
                 *     }
                 */
                "application/json": components["schemas"]["NodeUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "192.168.1.20",
                     *       "backend": "text",
                     *       "checked_at": "2026-03-14T09:26:53Z",
                     *       "compute_type": "text",
                     *       "device": "text",
                     *       "gpus": [
                     *         {
                     *           "busy": 1.5,
                     *           "number": 1,
                     *           "total_bytes": 1,
                     *           "used_bytes": 1
                     *         }
                     *       ],
                     *       "has_key": false,
                     *       "key_hint": "…4f2a",
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Amal Haddad",
                     *       "queue_length": 1,
                     *       "reason": "text",
                     *       "requests_per_s": 1.5,
                     *       "running": 1,
                     *       "state": "unknown",
                     *       "state_since": "2026-03-14T09:26:53Z",
                     *       "tokens_per_s": 1.5,
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Node"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__check_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example text */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "device": "text",
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "ok": false,
                     *       "problem": "text",
                     *       "state": "unknown",
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["NodeCheck"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_node_history: {
        parameters: {
            query?: {
                /** @description How many hours back. */
                hours?: number;
            };
            header?: never;
            path: {
                /** @example text */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Amal Haddad",
                     *       "points": [
                     *         {
                     *           "at": "2026-03-14T09:26:53Z",
                     *           "checks": 1,
                     *           "failures": 1,
                     *           "gpu_memory_bytes": 1,
                     *           "latency_ms": 840.2,
                     *           "latency_p95_ms": 1.5,
                     *           "queue_length": 1,
                     *           "requests_per_s": 1.5,
                     *           "tokens_per_s": 1.5
                     *         }
                     *       ],
                     *       "step_s": 1
                     *     }
                     */
                    "application/json": components["schemas"]["NodeHistory"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    models__get_node_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example text */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "192.168.1.20",
                     *       "availability": 1.5,
                     *       "backend": "text",
                     *       "checked_at": "2026-03-14T09:26:53Z",
                     *       "checks": 1,
                     *       "compute_type": "text",
                     *       "device": "text",
                     *       "failures": 1,
                     *       "gitu_version": "text",
                     *       "gpus": [
                     *         {
                     *           "busy": 1.5,
                     *           "number": 1,
                     *           "total_bytes": 1,
                     *           "used_bytes": 1
                     *         }
                     *       ],
                     *       "has_key": false,
                     *       "key_hint": "…4f2a",
                     *       "latency_ms": 840.2,
                     *       "models": [
                     *         "llama3.3"
                     *       ],
                     *       "name": "Amal Haddad",
                     *       "queue_length": 1,
                     *       "reason": "text",
                     *       "requests_per_s": 1.5,
                     *       "running": 1,
                     *       "same_version": false,
                     *       "state": "unknown",
                     *       "state_since": "2026-03-14T09:26:53Z",
                     *       "tokens_per_s": 1.5,
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["NodeStatus"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__create_pairing_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "command": "assistant list-sessions",
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "qr": "text",
                     *       "token": "pQ7vX2mK9sLw"
                     *     }
                     */
                    "application/json": components["schemas"]["PairingToken"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__decide_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "approve": false,
                 *       "token": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PairingDecide"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__look_at_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["PairingRef"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "192.168.1.20",
                     *       "code": "request.invalid",
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "name": "Amal Haddad"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingTerminal"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__preview_erasure: {
        parameters: {
            query?: {
                /** @description Somebody else, whose access was closed; for admins. */
                person_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "blocked": "text",
                     *       "confirm": "text",
                     *       "going": [
                     *         {
                     *           "files": 1,
                     *           "kind": "text",
                     *           "rows": 1,
                     *           "title": "Invoice of the workshop"
                     *         }
                     *       ],
                     *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "proofs": [
                     *         "password"
                     *       ],
                     *       "staying": [
                     *         {
                     *           "kind": "text",
                     *           "rows": 1,
                     *           "title": "Invoice of the workshop",
                     *           "why": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ErasurePreview"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__erase_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "text"
                 *     }
                 */
                "application/json": components["schemas"]["EraseMe"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasure_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "receipt": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureStarted"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__list_erasures: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "by": "self",
                     *           "finished_at": "2026-03-14T09:26:53Z",
                     *           "going": [
                     *             {
                     *               "files": 1,
                     *               "kind": "text",
                     *               "rows": 1,
                     *               "title": "Invoice of the workshop"
                     *             }
                     *           ],
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "kept_until": "2026-03-14T09:26:53Z",
                     *           "notes": [
                     *             "text"
                     *           ],
                     *           "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "started_at": "2026-03-14T09:26:53Z",
                     *           "state": "running",
                     *           "staying": [
                     *             {
                     *               "kind": "text",
                     *               "rows": 1,
                     *               "title": "Invoice of the workshop",
                     *               "why": "text"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_ErasureReport_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__list_exports: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "done": 1,
                     *           "error_code": null,
                     *           "expires_at": "2026-03-14T09:26:53Z",
                     *           "finished_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "sha256": "text",
                     *           "size_bytes": 1,
                     *           "state": "queued",
                     *           "total": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Export_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__start_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "done": 1,
                     *       "error_code": null,
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sha256": "text",
                     *       "size_bytes": 1,
                     *       "state": "queued",
                     *       "total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__get_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "done": 1,
                     *       "error_code": null,
                     *       "expires_at": "2026-03-14T09:26:53Z",
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sha256": "text",
                     *       "size_bytes": 1,
                     *       "state": "queued",
                     *       "total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__delete_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__download_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example text */
                    "application/zip": string;
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__get_notice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kinds": [
                     *         {
                     *           "kept": "text",
                     *           "kind": "text",
                     *           "stays": "text",
                     *           "title": "Invoice of the workshop",
                     *           "what": "text",
                     *           "why": "text"
                     *         }
                     *       ],
                     *       "receivers": [
                     *         {
                     *           "host": "text",
                     *           "local": false,
                     *           "name": "Amal Haddad"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__erase_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "text"
                 *     }
                 */
                "application/json": components["schemas"]["ErasePersonBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasure_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "receipt": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureStarted"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    privacy__get_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "receipt": "a copper kettle sings"
                 *     }
                 */
                "application/json": components["schemas"]["ReportRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by": "self",
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "going": [
                     *         {
                     *           "files": 1,
                     *           "kind": "text",
                     *           "rows": 1,
                     *           "title": "Invoice of the workshop"
                     *         }
                     *       ],
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "kept_until": "2026-03-14T09:26:53Z",
                     *       "notes": [
                     *         "text"
                     *       ],
                     *       "person_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "started_at": "2026-03-14T09:26:53Z",
                     *       "state": "running",
                     *       "staying": [
                     *         {
                     *           "kind": "text",
                     *           "rows": 1,
                     *           "title": "Invoice of the workshop",
                     *           "why": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureReport"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_scopes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "reads": false,
                     *           "scope": "assistant:read",
                     *           "title": "Invoice of the workshop",
                     *           "unasked": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ScopeList"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__list_sessions: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                /** @description Words to look for in titles and messages. */
                query?: string;
                state?: "open" | "ended" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "channel": "web",
                     *           "cost": "0.0042",
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "last_message_preview": "The invoice is due on Friday.",
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "owner_name": "Amal Haddad",
                     *           "shared": false,
                     *           "state": "open",
                     *           "thread": null,
                     *           "title": "Invoice of the workshop",
                     *           "updated_at": "2026-03-14T09:26:53Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Session_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__open_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "channel": "web"
                 *     }
                 */
                "application/json": components["schemas"]["SessionOpen"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__get_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__update_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Invoice of the workshop"
                 *     }
                 */
                "application/json": components["schemas"]["SessionUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__list_messages: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "error": null,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *           "parts": [
                     *             {
                     *               "origin": "person",
                     *               "text": "When is the invoice due?",
                     *               "type": "text"
                     *             }
                     *           ],
                     *           "role": "person",
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "status": "complete",
                     *           "turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "usage": {
                     *             "cost": "0.0042",
                     *             "input_tokens": 812,
                     *             "output_tokens": 145
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Message_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__resume_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__share_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "amal"
                 *     }
                 */
                "application/json": components["schemas"]["SessionShareBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active_turn_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "channel": "web",
                     *       "cost": "0.0042",
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_message_preview": "The invoice is due on Friday.",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "owner_name": "Amal Haddad",
                     *       "shared": false,
                     *       "state": "open",
                     *       "thread": null,
                     *       "title": "Invoice of the workshop",
                     *       "updated_at": "2026-03-14T09:26:53Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__list_runs: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                state?: ("running" | "exited" | "timeout" | "cancelled" | "failed" | "cut") | null;
                session_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "audit_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "command": "assistant list-sessions",
                     *           "cwd": "text",
                     *           "error_code": null,
                     *           "exit_code": 1,
                     *           "finished_at": "2026-03-14T09:26:53Z",
                     *           "folders": [
                     *             "text"
                     *           ],
                     *           "hosts": [
                     *             "text"
                     *           ],
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "sandboxed": false,
                     *           "seconds": 1.5,
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "signal": 1,
                     *           "started_at": "2026-03-14T09:26:53Z",
                     *           "state": "running",
                     *           "stderr_bytes": 1,
                     *           "stdout_bytes": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Run_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__run_command: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "command": "assistant list-sessions"
                 *     }
                 */
                "application/json": components["schemas"]["RunCommand"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "audit_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "changes": {
                     *         "complete": false,
                     *         "count": 1,
                     *         "items": [
                     *           {
                     *             "folder_name": "text",
                     *             "kind": "made",
                     *             "path": "title",
                     *             "undoable": false
                     *           }
                     *         ],
                     *         "undoable": 1
                     *       },
                     *       "denied_hosts": [
                     *         "text"
                     *       ],
                     *       "exit_code": 1,
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sandboxed": false,
                     *       "seconds": 1.5,
                     *       "signal": 1,
                     *       "state": "running",
                     *       "stderr": "text",
                     *       "stderr_bytes": 1,
                     *       "stdout": "text",
                     *       "stdout_bytes": 1,
                     *       "workspace_full": false
                     *     }
                     */
                    "application/json": components["schemas"]["RunResult"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__stream_command: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "command": "assistant list-sessions"
                 *     }
                 */
                "application/json": components["schemas"]["RunCommand"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__get_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "audit_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "command": "assistant list-sessions",
                     *       "cwd": "text",
                     *       "error_code": null,
                     *       "exit_code": 1,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "folders": [
                     *         "text"
                     *       ],
                     *       "hosts": [
                     *         "text"
                     *       ],
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sandboxed": false,
                     *       "seconds": 1.5,
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "signal": 1,
                     *       "started_at": "2026-03-14T09:26:53Z",
                     *       "state": "running",
                     *       "stderr": "text",
                     *       "stderr_bytes": 1,
                     *       "stdout": "text",
                     *       "stdout_bytes": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RunWithOutput"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__stop_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "audit_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "command": "assistant list-sessions",
                     *       "cwd": "text",
                     *       "error_code": null,
                     *       "exit_code": 1,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "folders": [
                     *         "text"
                     *       ],
                     *       "hosts": [
                     *         "text"
                     *       ],
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sandboxed": false,
                     *       "seconds": 1.5,
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "signal": 1,
                     *       "started_at": "2026-03-14T09:26:53Z",
                     *       "state": "running",
                     *       "stderr_bytes": 1,
                     *       "stdout_bytes": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__list_sandboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "backend": "text",
                     *           "denied_hosts": [
                     *             "text"
                     *           ],
                     *           "idle_s": 1.5,
                     *           "running": 1,
                     *           "sandbox": "text",
                     *           "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SandboxList"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__close_sandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example text */
                sandbox: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__run_unsandboxed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "command": "assistant list-sessions"
                 *     }
                 */
                "application/json": components["schemas"]["RunUnsandboxed"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "audit_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "changes": {
                     *         "complete": false,
                     *         "count": 1,
                     *         "items": [
                     *           {
                     *             "folder_name": "text",
                     *             "kind": "made",
                     *             "path": "title",
                     *             "undoable": false
                     *           }
                     *         ],
                     *         "undoable": 1
                     *       },
                     *       "denied_hosts": [
                     *         "text"
                     *       ],
                     *       "exit_code": 1,
                     *       "run_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "sandboxed": false,
                     *       "seconds": 1.5,
                     *       "signal": 1,
                     *       "state": "running",
                     *       "stderr": "text",
                     *       "stderr_bytes": 1,
                     *       "stdout": "text",
                     *       "stdout_bytes": 1,
                     *       "workspace_full": false
                     *     }
                     */
                    "application/json": components["schemas"]["RunResult"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shell__stream_unsandboxed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "command": "assistant list-sessions"
                 *     }
                 */
                "application/json": components["schemas"]["RunUnsandboxed"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__get_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "database": "ok",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "open_sessions": 1,
                     *       "running_turns": 1,
                     *       "uptime_s": 1,
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__stop_everything: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "answers": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Stopped"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__get_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "error": null,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "started_at": "2026-03-14T09:26:53Z",
                     *       "state": "queued",
                     *       "usage": {
                     *         "cost": "0.0042",
                     *         "input_tokens": 812,
                     *         "output_tokens": 145
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Turn"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__watch_turn: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path: {
                /** @example text */
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assistant__stop_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "error": null,
                     *       "finished_at": "2026-03-14T09:26:53Z",
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
                     *       "session_id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "started_at": "2026-03-14T09:26:53Z",
                     *       "state": "queued",
                     *       "usage": {
                     *         "cost": "0.0042",
                     *         "input_tokens": 812,
                     *         "output_tokens": 145
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Turn"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__list_users: {
        parameters: {
            query?: {
                /** @description Most entries to return. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-03-14T09:26:53Z",
                     *           "disabled": false,
                     *           "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *           "last_seen_at": "2026-03-14T09:26:53Z",
                     *           "login": "amal",
                     *           "name": "Amal Haddad",
                     *           "role": "owner",
                     *           "second_factor": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_User_"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": components["schemas"]["UserUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-03-14T09:26:53Z",
                     *       "disabled": false,
                     *       "id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
                     *       "last_seen_at": "2026-03-14T09:26:53Z",
                     *       "login": "amal",
                     *       "name": "Amal Haddad",
                     *       "role": "owner",
                     *       "second_factor": false
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__hand_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identity__reset_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and the way out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "request.invalid",
                     *       "detail": "The title is missing; write one.",
                     *       "status": 1,
                     *       "title": "Invoice of the workshop",
                     *       "type": "text"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
