/**
 * Short names for the wire types of `/api/v1`, which stand in the generated `schema.d.ts` (`make api-client`).
 * Screens import from here only, never from the generated file.
 */
import type { components, operations, paths } from "./schema";

export type { paths };
type Schemas = components["schemas"];
type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

export type FieldProblem = Schemas["FieldProblem"];
export type Problem = Schemas["Problem"];
export interface Page<T> { items: T[]; next_cursor: string | null }
export type Paging = Pick<QueryOf<"assistant__list_sessions">, "limit" | "cursor">;

export type Role = Schemas["Role"];
/** Everyone but the owner, whose role is nobody's to give. */
export type GivenRole = Exclude<Role, "owner">;
export type Risk = Schemas["Risk"];
export type Instance = Schemas["Instance"];
/** Times of day, `HH:MM`, in the person's own zone. */
export type QuietHours = Schemas["QuietHours"];
export type Preferences = Schemas["Preferences"];
export type Language = Preferences["language"];
export type ThemeChoice = Preferences["theme"];
export type Me = Schemas["Me"];
export type NewPerson = Schemas["NewAccount"];

export type Device = Schemas["Device"];
export type PairingToken = Schemas["PairingToken"];
export type WaitingTerminal = Schemas["WaitingTerminal"];
export type SecondFactorStarted = Schemas["SecondFactorStarted"];
export type OpenIdProvider = Schemas["OpenIdProvider"];
export type OpenIdLink = Schemas["OpenIdLink"];
export type Passkey = Schemas["Passkey"];
/** The password was right, and a code is needed as well. */
export type WaitingStep = Schemas["WaitingStep"];
export type ApiKey = Schemas["ApiKey"];
export type ApiKeyCreated = Schemas["ApiKeyCreated"];
export type Invitation = Schemas["Invitation"];
export type InvitationCreated = Schemas["InvitationCreated"];
export type User = Schemas["User"];
export type Scope = Schemas["ScopeInfo"];
export type AuditEntry = Schemas["AuditEntry"];

/** A JSON Schema as the server writes it for an action's input. */
export interface JsonSchema {
  type?: string; title?: string; description?: string; $ref?: string; $defs?: Record<string, JsonSchema>; properties?: Record<string, JsonSchema>; required?: string[];
  enum?: unknown[]; default?: unknown; format?: string; anyOf?: JsonSchema[]; items?: JsonSchema;
}
export type ActionInfo = Omit<Schemas["ActionInfo"], "input_schema"> & { input_schema: JsonSchema };

export type Model = Schemas["Model"];
export type Provider = Connection["provider"];
export type Connection = Schemas["Connection"];
export type ConnectionCreate = Schemas["ConnectionCreate"];
export type ConnectionUpdate = Schemas["ConnectionUpdateBody"];
export type ConnectionTest = Schemas["ConnectionTest"];
export type DiscoveredModel = Schemas["Offer"];
/** Not DOM's own node. */
export type InferenceNode = Schemas["Node"];
export type NodeCheck = Schemas["NodeCheck"];
export type NodeUpdate = Schemas["NodeUpdateBody"];
export type Port = Schemas["Port"];
export type ModelDefaults = Schemas["Defaults"];
/** `instance`: for everyone without a choice of their own. */
export type ModelDefaultsSet = Schemas["DefaultsSet"];
export type ModelCall = Schemas["CallRecord"];
export type UsageRow = Schemas["UsageRow"];
export type PersonUsageRow = Schemas["PersonUsageRow"];
export type CacheDay = Schemas["CacheDay"];
export type CacheReport = Schemas["CacheReport"];
export type Budget = Schemas["Budget"];
export type BudgetCreate = Schemas["BudgetCreate"];
export type BudgetUpdate = Schemas["BudgetUpdateBody"];

export type Usage = Schemas["Usage"];
export type TurnError = Schemas["ErrorInfo"];
/** A call of a tool; while its input streams in, that is raw text. */
export type ToolPart = Omit<Schemas["ToolCallPart"], "input"> & { input: unknown };
export type Part = Exclude<Schemas["Message"]["parts"][number], { type: "tool_call" }> | ToolPart;
export type Message = Omit<Schemas["Message"], "parts"> & { parts: Part[] };
export type Session = Schemas["Session"];
export type Turn = Schemas["Turn"];
export type Sent = Schemas["Sent"];
export type Approval = Schemas["Approval"];
export type ApprovalState = Approval["state"];
export type Effect = Schemas["Effect"];
export type Limits = Schemas["Limits"];
export type Remember = Schemas["Remember"];
export type Grant = Schemas["Grant"];
export type GrantCreate = Schemas["GrantCreate"];
export type ApprovalDecided = Schemas["ApprovalDecided"];
export type Status = Schemas["Status"];

/** A folder of the server's machine that a person may use, or their own workspace. */
export type AllowedFolder = Schemas["Folder"];
export type FileEntry = Schemas["Entry"];
export type FileContent = Schemas["FileContent"];
export type FileMatch = Schemas["FileMatch"];
export type FileChange = Schemas["Change"];
export type RunUndone = Schemas["RunUndone"];
export type FilePreview = Schemas["ChangePreview"];

export type PrivacyNotice = Schemas["Notice"];
export type DataExport = Schemas["Export"];
export type ErasurePreview = Schemas["ErasurePreview"];
export type ErasureReport = Schemas["ErasureReport"];
