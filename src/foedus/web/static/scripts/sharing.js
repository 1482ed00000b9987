// A text as an address: compressed into what stands behind the #, which no server is ever sent.

const KEY = "t=";

/** Return an address of the workbench that holds a text, and before it the ranges under which it is drawn. */
export async function addressOf(text, { ranges = "" } = {}) {
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  const letters = btoa(String.fromCharCode(...packed)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const under = ranges ? `?ranges=${encodeURIComponent(ranges)}` : "";
  return `${location.origin}/workbench${under}#${KEY}${letters}`;
}

/** Return the text in an address; null where there is none, or it cannot be unpacked. */
export async function textIn(hash) {
  if (!hash.startsWith(`#${KEY}`)) return null;
  try {
    const letters = hash.slice(1 + KEY.length).replaceAll("-", "+").replaceAll("_", "/");
    const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), packed));
  } catch {
    return null;
  }
}

async function through(stream, bytes) {
  const whole = await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  return new Uint8Array(whole);
}
