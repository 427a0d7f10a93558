/** Where the widget's files are, and how one of them is fetched: with the token, which stands in no address. */

export function filesAddress(host: string): string {
  return new URL('/files', host).href;
}

export async function fetchFile(host: string, id: string, token: string): Promise<Blob> {
  const address = `${filesAddress(host)}/${encodeURIComponent(id)}`;
  const response = await fetch(address, {
    headers: { Authorization: `Bearer ${token}` },
    credentials: 'omit',
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}
