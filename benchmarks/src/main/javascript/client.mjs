// The official SDK's side: all turns of a round at once, round after round, each turn with a subscription of its own.
// Prints "wall cpu characters", in milliseconds: of the process up to the end of the first round, and then of each other
// round alone. Server and password come from the environment; arguments are turns, prompt and rounds.
import { createOpencodeClient } from "@opencode-ai/sdk"

const turns = Number(process.argv[2])
const prompt = process.argv[3]
const credentials = Buffer.from("opencode:" + process.env.OPENCODE_SERVER_PASSWORD).toString("base64")
const client = createOpencodeClient({
  baseUrl: process.env.OPENCODE_BASE_URL,
  headers: { Authorization: "Basic " + credentials },
})

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function open() {
  const ids = []
  for (let i = 0; i < turns; i++) ids.push((await client.session.create({ body: {}, throwOnError: true })).data.id)
  return ids
}

async function turn(id) {
  const { stream } = await client.event.subscribe()
  let characters = 0
  let assistant
  for await (const { type, properties } of stream) {
    if (type === "server.connected") {
      await client.session.promptAsync({
        path: { id },
        body: { parts: [{ type: "text", text: prompt }] },
        throwOnError: true,
      })
    } else if (type === "message.updated" && properties.info.sessionID === id) {
      if (properties.info.role === "assistant") assistant = properties.info.id
    } else if (type === "message.part.delta" && properties.sessionID === id) {
      if (properties.messageID === assistant && properties.field === "text") characters += properties.delta.length
    } else if (type === "session.idle" && properties.sessionID === id) {
      return characters
    }
  }
  throw new Error("the stream ended before the turn")
}

async function round(ids) {
  const counts = await Promise.all(ids.map(turn))
  return counts.reduce((sum, count) => sum + count, 0)
}

const first = await round(await open())
console.log(`${(process.uptime() * 1000).toFixed(0)} ${cpu().toFixed(0)} ${first}`)
for (let i = 1; i < Number(process.argv[4]); i++) {
  const ids = await open()
  const before = cpu()
  const start = performance.now()
  const characters = await round(ids)
  console.log(`${(performance.now() - start).toFixed(0)} ${(cpu() - before).toFixed(0)} ${characters}`)
}
process.exit(0)
