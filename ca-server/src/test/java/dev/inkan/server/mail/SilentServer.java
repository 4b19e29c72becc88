package dev.inkan.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    EHLO,
    MAIL,
    RCPT,
    DATA,
    CLOSES_IN_DATA,
    END_OF_DATA,
    CLOSES_AFTER_DATA
  }

  private static final String[] COMMANDS = {"EHLO", "MAIL", "RCPT", "DATA"};

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
    boolean inData = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      boolean command = Arrays.stream(COMMANDS).anyMatch(line::startsWith);
      if (command && line.startsWith(until.name())) {
        closed.await();
      } else if (line.equals("DATA")) {
        answer(socket, "354 go on");
        inData = true;
      } else if (line.equals(".")) {
        if (until == Until.CLOSES_AFTER_DATA) {
          return;
        }
        closed.await();
      } else if (inData) {
        if (until == Until.CLOSES_IN_DATA) {
          return;
        }
      } else if (command) {
        answer(socket, "250 yes");
      }
    }
  }

  private static void answer(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
