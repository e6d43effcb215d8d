package dev.opencode4j.testkit.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One connection of a client, and the one to the server that belongs to it. */
final class Tunnel {

    private static final int CHUNK = 16 * 1024;

    /** Whether the answer to the request that begins with these bytes is to be lost. */
    interface Loss {
        boolean losesAnswerOf(byte[] bytes, int count);
    }

    private final Socket client;
    private final Socket server;
    private final Weather weather;
    private final Loss loss;
    private volatile boolean losing;

    Tunnel(Socket client, Socket server, Weather weather, Loss loss) throws IOException {
        this.client = client;
        this.server = server;
        this.weather = weather;
        this.loss = loss;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void carryRequests() {
        byte[] bytes = new byte[CHUNK];
        try (InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream()) {
            int count;
            while ((count = in.read(bytes)) >= 0) {
                if (loss.losesAnswerOf(bytes, count)) losing = true;
                weather.write(bytes, count, out);
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    void carryAnswers() {
        byte[] bytes = new byte[CHUNK];
        try (InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream()) {
            int count;
            while ((count = in.read(bytes)) >= 0) {
                if (losing) {
                    reset();
                    return;
                }
                weather.awaitDelay();
                weather.write(bytes, count, out);
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    void reset() {
        reset(client);
        reset(server);
    }

    private void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing depends on how it ends.
        }
    }
}
