import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronRight, Download, File, FilePlus, Folder, FolderPlus, History, Link2, PencilLine, Trash2 } from "lucide-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileEntry } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button, IconButton } from "@/ui/Button";
import { SelectField } from "@/ui/Choice";
import { EmptyState } from "@/ui/EmptyState";
import { bytes } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { Need, useMay } from "@/ui/Need";
import { Page } from "@/ui/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastError } from "@/ui/toast";
import { DeleteDialog, NewDialog, RenameDialog } from "./dialogs";
import classes from "./files.module.css";
import { Found, SearchField } from "./Found";
import { download, entriesQuery, foldersQuery } from "./queries";
import type { FilesSearch } from "./routes";
import { UploadButton } from "./UploadButton";

/** The files of one's allowed folders: leaf through, open, upload, rename, delete. */
export function Browser() {
  const { t } = useTranslation("files");
  const search = useSearch({ from: "/app/files" });
  const navigate = useNavigate();
  const may = useMay();
  const folders = useQuery(foldersQuery);
  const here = folders.data?.find(({ id, kind }) => (search.folder ? id === search.folder : kind === "workspace"));
  const writable = may("files:write") && here?.writable === true;
  const [making, setMaking] = useState<"file" | "folder" | null>(null);
  const label = (folder: { kind: string; name: string }) => (folder.kind === "workspace" ? t("workspace") : folder.name);
  const actions = <>
    <Button variant="subtle" icon={<History size={16} aria-hidden />} onClick={() => void navigate({ to: "/files/changes", search: {} })}>{t("changes.title")}</Button>
    {writable && <>
      <Button variant="default" icon={<FolderPlus size={16} aria-hidden />} onClick={() => setMaking("folder")}>{t("new_folder")}</Button>
      <Button variant="default" icon={<FilePlus size={16} aria-hidden />} onClick={() => setMaking("file")}>{t("new_file")}</Button>
      <UploadButton folder={search.folder} path={search.path} />
    </>}
  </>;
  return (
    <Page title={t("title")} intro={t("intro")} actions={may("files:read") && actions}>
      <Need scope="files:read">
        <search className={classes.bar}>
          {folders.data && folders.data.length > 1 && (
            <SelectField
              label={t("folder")} value={here?.id ?? ""} options={folders.data.map((folder) => ({ value: folder.id, label: `${label(folder)}${folder.writable ? "" : ` (${t("read_only")})`}` }))}
              onChange={(id) => void navigate({ to: "/files", search: { folder: folders.data.find((folder) => folder.id === id)?.kind === "workspace" ? undefined : id } })}
            />
          )}
          <SearchField key={`${search.folder} ${search.path}`} value={search.query ?? ""} onChange={(query) => void navigate({ to: "/files", search: { ...search, query }, replace: true })} />
        </search>
        <Crumbs search={search} top={here ? label(here) : t("workspace")} />
        {search.query ? <Found search={search} /> : <Entries search={search} writable={writable} />}
        {making && <NewDialog what={making} search={search} onClose={() => setMaking(null)} />}
      </Need>
    </Page>
  );
}

function Crumbs({ search, top }: { search: FilesSearch; top: string }) {
  const { t } = useTranslation("files");
  if (!search.path) return null;
  const parts = search.path.split("/");
  return (
    <nav className={classes.crumbs} aria-label={t("where")}>
      <Link to="/files" search={{ folder: search.folder }}><Isolate>{top}</Isolate></Link>
      {parts.map((part, index) => (
        <Fragment key={index}>
          <ChevronRight size={14} aria-hidden />
          {index === parts.length - 1 ? <span aria-current="page"><Isolate>{part}</Isolate></span> : <Link to="/files" search={{ folder: search.folder, path: parts.slice(0, index + 1).join("/") }}><Isolate>{part}</Isolate></Link>}
        </Fragment>
      ))}
    </nav>
  );
}

const ICONS = { file: File, folder: Folder, link: Link2, other: File };

function Entries({ search, writable }: { search: FilesSearch; writable: boolean }) {
  const { t } = useTranslation("files");
  const query = useInfiniteQuery(entriesQuery(search));
  const [doing, setDoing] = useState<{ entry: FileEntry; verb: "rename" | "delete" } | null>(null);
  const close = () => setDoing(null);
  const empty = <EmptyState icon={Folder} title={t("empty")} text={writable ? t("empty_text") : t("empty_read_only")} />;
  return (
    <>
      <List query={query} label={t("title")} keyOf={({ name }) => name} rows={6} empty={empty}>
        {(entry) => {
          const Icon = ICONS[entry.kind];
          return (
            <Row
              icon={<Icon size={18} aria-hidden />}
              title={<EntryName entry={entry} folder={search.folder} />}
              detail={<>
                {entry.kind === "file" && <Num>{bytes(entry.size)}</Num>}
                {entry.modified_at && <RelativeTime at={entry.modified_at} />}
                {entry.kind === "link" && <Badge>{t("kind.link")}</Badge>}
                {entry.kind === "other" && <Badge>{t("kind.other")}</Badge>}
                {entry.linked && <Badge tone="warn">{t("kind.linked")}</Badge>}
              </>}
              actions={<>
                {entry.kind === "file" && <IconButton label={t("download_named", { name: entry.name })} onClick={() => void download({ folder: search.folder, path: entry.path }).catch(toastError)}><Download size={16} aria-hidden /></IconButton>}
                {writable && <>
                  <IconButton label={t("rename_named", { name: entry.name })} onClick={() => setDoing({ entry, verb: "rename" })}><PencilLine size={16} aria-hidden /></IconButton>
                  <IconButton label={t("delete_named", { name: entry.name })} onClick={() => setDoing({ entry, verb: "delete" })}><Trash2 size={16} aria-hidden /></IconButton>
                </>}
              </>}
            />
          );
        }}
      </List>
      {doing?.verb === "rename" && <RenameDialog folder={search.folder} path={doing.entry.path} onClose={close} />}
      {doing?.verb === "delete" && <DeleteDialog folder={search.folder} path={doing.entry.path} onClose={close} />}
    </>
  );
}

function EntryName({ entry, folder }: { entry: FileEntry; folder: string | undefined }) {
  const name = <Isolate>{entry.name}</Isolate>;
  if (entry.kind === "folder") return <Link to="/files" search={{ folder, path: entry.path }} className={classes.name}>{name}</Link>;
  if (entry.kind === "file") return <Link to="/files/open" search={{ folder, path: entry.path }} className={classes.name}>{name}</Link>;
  return name;
}
