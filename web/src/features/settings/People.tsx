import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { MailPlus, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { GivenRole, Invitation, User } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { SelectField } from "@/ui/Choice";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/Field";
import { isPast } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { revealed } from "@/ui/revealed";
import { EraseDialog, type Send } from "@/features/privacy/EraseDialog";
import { Invite, rolesToGive } from "./Invite";
import { invitationsQuery, usersQuery } from "./queries";
import classes from "./settings.module.css";
import { SettingsPage } from "./SettingsPage";

/** Who has an account here, and who may come. */
export function People() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const [inviting, setInviting] = useState(false);
  const invite = may("users:invite") && <Button icon={<MailPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>{t("people.invite")}</Button>;
  return (
    <SettingsPage title={t("section.people")} intro={t("people.intro")} scope="users:read" actions={invite}>
      <UserList />
      <Section title={t("people.invitations")}><InvitationList /></Section>
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </SettingsPage>
  );
}

interface Change { user: User; role?: GivenRole; disabled?: boolean; reset?: boolean; owner?: boolean }

function UserList() {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const me = useMe();
  const may = useMay();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const query = useInfiniteQuery(usersQuery(search));
  const [change, setChange] = useState<Change | null>(null);
  const [erasing, setErasing] = useState<User | null>(null);
  const roles = rolesToGive(me.role);
  // The owner stays; nobody changes their own; admins are the owner's affair.
  const changeable = (user: User) => may("users:admin") && user.id !== me.id && user.role !== "owner" && (user.role !== "admin" || me.role === "owner");
  const save = async ({ user, role, disabled, reset, owner }: Change) => {
    if (owner) await call(client.POST("/users/{user_id}/hand-over", { params: { path: { user_id: user.id } } }));
    else if (reset) await call(client.POST("/users/{user_id}/reset-second-factor", { params: { path: { user_id: user.id } } }));
    else await call(client.PATCH("/users/{user_id}", { params: { path: { user_id: user.id } }, body: { role, disabled } }));
    // Whoever hands over is another one from now on.
    await cache.invalidateQueries(owner ? undefined : { queryKey: ["users"] });
    toastDone(t("saved"));
  };
  const erase = (user: User) => async (given: Parameters<Send>[0]) => {
    await call(client.POST("/privacy/people/{person_id}/erase", { params: { path: { person_id: user.id } }, body: given }));
    setErasing(null);
    await cache.invalidateQueries({ queryKey: ["users"] });
    toastDone(t("people.erase_started"));
  };
  const nobody = <EmptyState icon={Users} title={t("people.nobody", { search })} />;
  return (
    <>
      <div className={classes.search}><TextField type="search" label={t("people.search")} dir="auto" value={text} onChange={(event) => setText(event.currentTarget.value)} /></div>
      <List query={query} label={t("section.people")} keyOf={(user) => user.id} empty={nobody}>
        {(user) => (
          <Row
            title={<><Isolate>{revealed(user.name)}</Isolate> {user.id === me.id && <Badge>{t("people.you")}</Badge>} {user.disabled && <Badge tone="warn">{t("people.disabled")}</Badge>}</>}
            detail={<>
              <Num>{user.login}</Num>
              <span>{t(`role.${user.role}`)}</span>
              <span>{user.last_seen_at ? <>{t("people.last_seen")} <RelativeTime at={user.last_seen_at} /></> : t("people.never_seen")}</span>
            </>}
            actions={changeable(user) && <>
              <div className={classes.rowSelect}>
                <SelectField quiet label={t("people.role_of", { name: revealed(user.name) })} value={user.role} options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} onChange={(role) => setChange({ user, role: role as GivenRole })} />
              </div>
              {user.second_factor && <Button variant="default" onClick={() => setChange({ user, reset: true })} aria-label={t("people.reset_of", { name: revealed(user.name) })}>{t("people.reset")}</Button>}
              {me.role === "owner" && user.role === "admin" && !user.disabled && <Button variant="default" onClick={() => setChange({ user, owner: true })} aria-label={t("people.make_owner_of", { name: revealed(user.name) })}>{t("people.make_owner")}</Button>}
              <Button variant="default" onClick={() => setChange({ user, disabled: !user.disabled })}>{user.disabled ? t("people.enable") : t("people.disable")}</Button>
              {user.disabled && may("privacy:admin") && <Button variant="danger" onClick={() => setErasing(user)} aria-label={t("people.erase_of", { name: user.name })}>{t("people.erase")}</Button>}
            </>}
          />
        )}
      </List>
      <ConfirmDialog
        opened={change !== null} onClose={() => setChange(null)} danger={change?.disabled === true || change?.reset === true || change?.owner === true}
        title={change?.owner ? t("people.owner_confirm") : change?.reset ? t("people.reset_confirm") : change?.role ? t("people.role_confirm") : change?.disabled ? t("people.disable_confirm") : t("people.enable_confirm")}
        confirm={change?.owner ? t("people.make_owner") : change?.reset ? t("people.reset") : change?.role ? t("people.change_role") : change?.disabled ? t("people.disable") : t("people.enable")}
        text={change && <><Isolate>{revealed(change.user.name)}</Isolate>{": "}{change.owner ? t("people.owner_text") : change.reset ? t("people.reset_text") : change.role ? t(`role_hint.${change.role}`) : change.disabled ? t("people.disable_text") : t("people.enable_text")}</>}
        onConfirm={() => save(change!)}
      />
      {erasing && <EraseDialog person={erasing.id} onClose={() => setErasing(null)} send={erase(erasing)} />}
    </>
  );
}

function InvitationList() {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const may = useMay();
  const query = useInfiniteQuery(invitationsQuery);
  const [leaving, setLeaving] = useState<Invitation | null>(null);
  const state = (invitation: Invitation) => (invitation.used_at ? "used" : isPast(invitation.expires_at) ? "expired" : "open");
  const revoke = async (invitation: Invitation) => {
    await call(client.DELETE("/invitations/{invitation_id}", { params: { path: { invitation_id: invitation.id } } }));
    await cache.invalidateQueries({ queryKey: ["invitations"] });
  };
  return (
    <>
      <List query={query} label={t("people.invitations")} keyOf={(invitation) => invitation.id} rows={2} empty={<EmptyState icon={MailPlus} title={t("people.no_invitations")} text={t("people.no_invitations_text")} />}>
        {(invitation) => (
          <Row
            title={invitation.note || t("people.no_note")}
            detail={<>
              <span>{t(`role.${invitation.role}`)}</span>
              <span>{t("people.invited")} <RelativeTime at={invitation.created_at} /></span>
              {state(invitation) === "open" && <span>{t("people.holds_until")} <ExactTime at={invitation.expires_at} /></span>}
            </>}
            aside={<Badge tone={state(invitation) === "open" ? "good" : "plain"}>{t(`people.invitation_${state(invitation)}`)}</Badge>}
            actions={state(invitation) === "open" && may("users:invite") && <Button variant="default" onClick={() => setLeaving(invitation)}>{t("people.take_back")}</Button>}
          />
        )}
      </List>
      <ConfirmDialog opened={leaving !== null} onClose={() => setLeaving(null)} title={t("people.take_back_confirm")} confirm={t("people.take_back")} text={t("people.take_back_text")} onConfirm={() => revoke(leaving!)} />
    </>
  );
}
