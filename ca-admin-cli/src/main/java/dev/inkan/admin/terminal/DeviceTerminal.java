package dev.inkan.admin.terminal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The terminal whatever the streams are: {@code inkan-admin cert list | less} must be able to ask
 * for the password, and Java's console is there only where both streams are a terminal.
 */
final class DeviceTerminal {

  private static final Path DEVICE = Path.of("/dev/tty");
  private static final int LONGEST = 1_024;

  /** The line typed, or nothing if this process has no terminal. */
  Optional<String> ask(String question) {
    return read(question)
        .map(
            characters -> {
              String line = new String(characters);
              Arrays.fill(characters, '\0');
              return line;
            });
  }

  /** The line typed unseen, or nothing if this process has no terminal. */
  Optional<char[]> askSecretly(String question) {
    if (!echo(false)) {
      return Optional.empty();
    }
    Thread echoAgain = new Thread(() -> echo(true));
    Runtime.getRuntime().addShutdownHook(echoAgain); // after Ctrl-C, too
    try {
      return read(question);
    } finally {
      echo(true);
      Runtime.getRuntime().removeShutdownHook(echoAgain);
      say("\n");
    }
  }

  private static Optional<char[]> read(String question) {
    if (!Files.isReadable(DEVICE) || !say(question)) {
      return Optional.empty();
    }
    byte[] octets = new byte[LONGEST];
    try (InputStream in = new FileInputStream(DEVICE.toFile())) {
      int length = 0;
      for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
        if (length == LONGEST) {
          return Optional.empty();
        }
        octets[length++] = (byte) read;
      }
      CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets, 0, length));
      char[] characters = new char[decoded.remaining()];
      decoded.get(characters);
      Arrays.fill(decoded.array(), '\0');
      return Optional.of(characters);
    } catch (IOException e) {
      return Optional.empty(); // no terminal after all: whoever asks says what to do instead
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static boolean say(String text) {
    try (OutputStream out = new FileOutputStream(DEVICE.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false; // no terminal
    }
  }

  private static boolean echo(boolean on) {
    try {
      return new ProcessBuilder("stty", on ? "echo" : "-echo")
              .redirectInput(DEVICE.toFile())
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no terminal
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
