package dev.inkan.server.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;

/** The plain text of a received mail. */
public final class PlainText {

  private PlainText() {}

  /** The first plain text among the parts, lines ending in {@code \n}; empty if there is none. */
  public static String of(Part part) throws MessagingException, IOException {
    Object content = part.getContent();
    if (content instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        String text = of(parts.getBodyPart(i));
        if (!text.isEmpty()) {
          return text;
        }
      }
      return "";
    }
    return part.isMimeType("text/plain") ? content.toString().replace("\r\n", "\n") : "";
  }
}
