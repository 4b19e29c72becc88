package dev.inkan.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A mail server that falls silent, or hangs up, at one point of the talk. */
final class SilentServer implements AutoCloseable {

  /** The point up to which it behaves. */
  enum Until {
    GREETING,
    RCPT,
    END_OF_DATA,
    CLOSES_AFTER_DATA
  }

  private final ServerSocket server;
  private final Until until;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Exception> endings = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  SilentServer(Until until) throws IOException {
    this.until = until;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        open.add(socket);
        talk(socket);
      } catch (IOException | InterruptedException e) {
        // The client went away, or the test is over.
        endings.add(e);
      }
    }
  }

  private void talk(Socket socket) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    if (until == Until.GREETING) {
      closed.await();
    }
    answer(socket, "220 silent");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("RCPT") && until == Until.RCPT) {
        closed.await();
      } else if (line.equals("DATA")) {
        answer(socket, "354 go on");
      } else if (line.equals(".")) {
        if (until == Until.CLOSES_AFTER_DATA) {
          return;
        }
        closed.await();
      } else if (line.startsWith("EHLO") || line.startsWith("MAIL") || line.startsWith("RCPT")) {
        answer(socket, "250 yes");
      }
    }
  }

  private static void answer(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
