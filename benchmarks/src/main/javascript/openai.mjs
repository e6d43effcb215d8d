// The openai package's side: all streams of a round at once, round after round, each with a text of its own, which is
// checked. Prints "wall cpu characters", in milliseconds: of the process up to the end of the first round, and then of
// each other round alone. The model's address comes from the environment; arguments are streams, words and rounds.
import OpenAI from "openai"

const streams = Number(process.argv[2])
const words = Number(process.argv[3])
const client = new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, apiKey: "none", maxRetries: 0 })

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function expected(number) {
  let text = ""
  for (let i = 0; i < words; i++) text += `${number}.${i} `
  return text
}

async function stream(number) {
  const chunks = await client.chat.completions.create({
    model: "glm-5",
    messages: [{ role: "user", content: `Stream ${number} #own=${number}x${words}` }],
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ""
  for await (const chunk of chunks) text += chunk.choices[0]?.delta?.content ?? ""
  if (text !== expected(number)) throw new Error(`stream ${number} heard '${text}'`)
  return text.length
}

async function round() {
  const counts = await Promise.all(Array.from({ length: streams }, (_, number) => stream(number)))
  return counts.reduce((sum, count) => sum + count, 0)
}

const first = await round()
console.log(`${(process.uptime() * 1000).toFixed(0)} ${cpu().toFixed(0)} ${first}`)
for (let i = 1; i < Number(process.argv[4]); i++) {
  const before = cpu()
  const start = performance.now()
  const characters = await round()
  console.log(`${(performance.now() - start).toFixed(0)} ${(cpu() - before).toFixed(0)} ${characters}`)
}
process.exit(0)
