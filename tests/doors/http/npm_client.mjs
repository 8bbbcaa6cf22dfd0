// Asks a gateway by the npm client as its users do, and prints what came as one JSON object.
// GATEWAY_URL, GATEWAY_KEY, and GATEWAY_SPENT_KEY: one whose requests of this minute are used up.

import { createRequire } from "node:module";

const { OpenAI, AuthenticationError, BadRequestError, RateLimitError } = createRequire(
  new URL("../../../web/package.json", import.meta.url),
)("openai");

const clientOf = (apiKey) => new OpenAI({ baseURL: process.env.GATEWAY_URL, apiKey, maxRetries: 0, timeout: 20_000 });
const client = clientOf(process.env.GATEWAY_KEY);
const model = "test-model";
const hello = [{ role: "user", content: "Hello" }];
const schema = { type: "object", properties: { x: { type: "integer" } }, required: ["x"], additionalProperties: false };
const weather = { name: "weather", parameters: { type: "object" } };

async function refused(asking, kind) {
  try {
    await asking;
    return "not refused";
  } catch (error) {
    return { kind: error instanceof kind, status: error.status, code: error.code, param: error.param };
  }
}

const print = {};

print.models = [];
for await (const one of client.models.list()) print.models.push(one.id);

print.chat = (await client.chat.completions.create({ model, messages: hello })).choices[0].message.content;

const stream = client.chat.completions.stream({ model, messages: hello, stream_options: { include_usage: true } });
print.chatStreamed = (await stream.finalChatCompletion()).choices[0].message.content;
print.chatUsage = (await stream.totalUsage()).completion_tokens;

const ran = client.chat.completions.runTools({
  model,
  messages: [{ role: "user", content: "How is the weather?" }],
  tools: [{ type: "function", function: { ...weather, parse: JSON.parse, function: ({ city }) => `Sunny in ${city}` } }],
});
print.chatTools = await ran.finalContent();

const answer = await client.chat.completions.parse({
  model,
  messages: [{ role: "user", content: "Where?" }],
  response_format: { type: "json_schema", json_schema: { name: "point", strict: true, schema } },
});
print.chatStructured = answer.choices[0].message.parsed;

const embedded = await client.embeddings.create({ model, input: ["one", "two"] });
print.embeddings = embedded.data.map((one) => one.embedding.length);

print.responses = (await client.responses.create({ model, input: "Hello" })).output_text;

const events = [];
const responding = client.responses.stream({ model, input: "Hello" }).on("event", (event) => events.push(event.type));
print.responsesStreamed = (await responding.finalResponse()).output_text;
print.responsesEvents = [...new Set(events)];

const input = [{ role: "user", content: "How is the weather?" }];
const tools = [{ type: "function", strict: false, ...weather }];
const first = await client.responses.create({ model, input, tools });
for (const item of first.output) {
  input.push(item, { type: "function_call_output", call_id: item.call_id, output: `Sunny ${item.arguments}` });
}
print.responsesTools = (await client.responses.create({ model, input, tools })).output_text;

const text = { format: { type: "json_schema", name: "point", strict: true, schema } };
print.responsesStructured = (await client.responses.parse({ model, input: "Where?", text })).output_parsed;

print.wrongKey = await refused(clientOf("gitu_key_wrong").models.list(), AuthenticationError);
print.limited = await refused(clientOf(process.env.GATEWAY_SPENT_KEY).models.list(), RateLimitError);
print.kept = await refused(
  client.responses.create({ model, input: "Hello", previous_response_id: "resp_1" }),
  BadRequestError,
);

process.stdout.write(JSON.stringify(print));
