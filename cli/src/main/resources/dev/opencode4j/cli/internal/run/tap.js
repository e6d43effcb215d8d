// Loaded by OpenCode beside its own plugins. Says on the standard output, one JSON object a line, what happens in this
// process: the same events as a server's stream. Written at once: what the command itself prints last may be lost.
import { writeSync } from "node:fs"

const say = (line) => {
  let rest = Buffer.from(JSON.stringify(line) + "\n")
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest))
  } catch {
    // Nobody listens any more.
  }
}

export const Opencode4j = async () => {
  say({ type: "opencode4j.tap" })
  setInterval(() => say({ type: "opencode4j.heartbeat" }), 2000).unref()
  return {
    event: async ({ event }) => say(event),
    "chat.message": async (input, output) => {
      const wanted = process.env.OPENCODE4J_AGENT
      const used = output.message.agent
      if (process.env.OPENCODE4J_PROMPT_LENGTH === undefined) return
      const length = Number(process.env.OPENCODE4J_PROMPT_LENGTH)
      delete process.env.OPENCODE4J_PROMPT_LENGTH // The first message is the prompt; others are sub-agents'.
      if (wanted && used && wanted !== used) {
        say({ type: "opencode4j.refused", agent: used })
        process.exit(1)
      }
      // 1.2 puts a line end before what it reads from its standard input.
      const text = output.parts.find((part) => part.type === "text" && !part.synthetic)
      if (text && text.text.length === length + 1 && text.text.startsWith("\n")) text.text = text.text.slice(1)
    },
  }
}
