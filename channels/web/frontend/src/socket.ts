/** The one place that touches the browser's WebSocket. */

export interface SocketEvents {
  onOpen(): void;
  onText(data: string): void;
  onClose(): void;
}

export interface Socket {
  send(data: string): void;
  close(): void;
}

/** Opens a socket; throws when the browser refuses (mixed content, content security policy). */
export type OpenSocket = (events: SocketEvents) => Socket;

/** The address of the socket at `path` of the server at `host` (an origin such as `https://example.lt`). */
export function socketAddress(host: string, path = '/ws'): string {
  const url = new URL(path, host);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  return url.href;
}

export function browserSocket(address: string): OpenSocket {
  return (events) => {
    const socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      events.onOpen();
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') events.onText(event.data);
    });
    socket.addEventListener('close', () => {
      events.onClose();
    });
    return {
      send: (data) => {
        socket.send(data);
      },
      close: () => {
        socket.close();
      },
    };
  };
}
