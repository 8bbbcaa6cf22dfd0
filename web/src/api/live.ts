/**
 * One WebSocket for the whole page: domain events and the streams of turns.
 * It reconnects with back-off and jitter and takes up each turn after the last event it saw.
 */
import { API_BASE, refreshSession } from "./client";
import type { TurnEvent } from "./agui";

export interface DomainEvent { id: string; type: string; at: string; data: Record<string, unknown> }
export type LiveState = "idle" | "connecting" | "open" | "lost";
type Incoming =
  | { type: "ready"; user_id: string }
  | { type: "event"; event: DomainEvent }
  | { type: "turn"; turn_id: string; seq: number; event: TurnEvent }
  | { type: "error"; id: string | null; problem: unknown }
  | { type: "pong" };

interface Watch { after: number; listeners: Set<(event: TurnEvent, seq: number) => void> }

const PING_EVERY = 25_000;
const LONGEST_WAIT = 20_000;
const UNAUTHENTICATED = 4401;

/** Milliseconds before the n-th attempt (from 0): doubling, capped, half of it random so that many tabs spread out. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_WAIT, 500 * 2 ** attempt);
  return whole / 2 + (random() * whole) / 2;
}

export class Live {
  private socket: WebSocket | null = null;
  private state: LiveState = "idle";
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private answered = true;
  private readonly watches = new Map<string, Watch>();
  private readonly listeners = new Set<(event: DomainEvent) => void>();
  private readonly reconnected = new Set<() => void>();
  private readonly stateListeners = new Set<() => void>();
  private onRevoked: () => void = () => {};

  constructor(private readonly url: () => string) {}

  readonly getState = (): LiveState => this.state;
  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  /** Opens the socket and keeps it open until `stop`. */
  start(onRevoked: () => void): void {
    this.onRevoked = onRevoked;
    if (this.state !== "idle") return;
    window.addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    this.connect();
  }

  stop(): void {
    window.removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    clearTimeout(this.retry);
    this.drop();
    this.attempt = 0;
    this.set("idle");
  }

  /** Every domain event of this person. Returns the way to stop listening. */
  onEvent(listener: (event: DomainEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called after a lost connection came back: events in between were missed, so lists should be read again. */
  onReconnect(listener: () => void): () => void {
    this.reconnected.add(listener);
    return () => this.reconnected.delete(listener);
  }

  /** Streams a turn's events from the one after `after`. Returns the way to stop. */
  watch(turnId: string, after: number, listener: (event: TurnEvent, seq: number) => void): () => void {
    const watch = this.watches.get(turnId) ?? { after, listeners: new Set() };
    watch.listeners.add(listener);
    watch.after = Math.min(watch.after, after);
    this.watches.set(turnId, watch);
    this.send({ type: "watch", turn_id: turnId, after: watch.after });
    return () => {
      watch.listeners.delete(listener);
      if (watch.listeners.size > 0 || this.watches.get(turnId) !== watch) return;
      this.watches.delete(turnId);
      this.send({ type: "unwatch", turn_id: turnId });
    };
  }

  private connect(): void {
    this.set(this.attempt === 0 ? "connecting" : this.state);
    const socket = new WebSocket(this.url());
    this.socket = socket;
    socket.addEventListener("message", (message) => this.receive(JSON.parse(String(message.data)) as Incoming));
    socket.addEventListener("close", (event) => { if (this.socket === socket) void this.closed(event.code); });
  }

  private receive(message: Incoming): void {
    this.answered = true;
    if (message.type === "ready") this.ready();
    else if (message.type === "event") for (const listener of this.listeners) listener(message.event);
    else if (message.type === "turn") {
      const watch = this.watches.get(message.turn_id);
      // A repeat after reconnecting: already seen.
      if (!watch || message.seq <= watch.after) return;
      watch.after = message.seq;
      for (const listener of watch.listeners) listener(message.event, message.seq);
    }
  }

  private ready(): void {
    const again = this.attempt > 0;
    this.attempt = 0;
    this.set("open");
    for (const [turn_id, { after }] of this.watches) this.send({ type: "watch", turn_id, after });
    clearInterval(this.ping);
    this.ping = setInterval(() => {
      // Nothing came since the last ping: the line is dead though the socket does not know it yet.
      if (!this.answered) return this.socket?.close();
      this.answered = false;
      this.send({ type: "ping" });
    }, PING_EVERY);
    if (again) for (const listener of this.reconnected) listener();
  }

  private async closed(code: number): Promise<void> {
    this.drop();
    this.attempt += 1;
    if (code === UNAUTHENTICATED && !(await refreshSession())) {
      // Stopped meanwhile by whoever ends the session here: they lead on.
      if (this.state === "idle") return;
      this.stop();
      return this.onRevoked();
    }
    // A single blink is not worth a banner.
    if (this.attempt > 1) this.set("lost");
    this.retry = setTimeout(() => this.connect(), backoff(this.attempt - 1));
  }

  private readonly hurry = (): void => {
    if (this.socket || this.state === "idle" || document.visibilityState === "hidden") return;
    clearTimeout(this.retry);
    this.connect();
  };

  private drop(): void {
    clearInterval(this.ping);
    this.answered = true;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private set(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.stateListeners) listener();
  }
}

export const live = new Live(() => `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}${API_BASE}/ws`);
