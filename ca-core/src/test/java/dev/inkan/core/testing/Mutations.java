package dev.inkan.core.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Spoils DER, the same way every time for one seed: half of the results have octets changed
 * anywhere, half have an element changed, dropped, repeated, moved, wrapped or filled, with every
 * length around it set right, so that the change is found deep inside.
 */
public final class Mutations {

  private static final int[] INTERESTING = {0, 1, 0x30, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xff};
  private static final int DEEPEST = 300;

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** Whole DER with one to three things changed. */
  public byte[] of(byte[] whole) {
    byte[] changed = whole;
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed = random.nextBoolean() ? octets(changed) : elements(changed, whole);
    }
    return changed;
  }

  private byte[] octets(byte[] whole) {
    int at = random.nextInt(whole.length + 1);
    int to = Math.min(whole.length, at + 1 + random.nextInt(8));
    byte[] head = Arrays.copyOf(whole, at);
    byte[] slice = Arrays.copyOfRange(whole, at, to);
    byte[] tail = Arrays.copyOfRange(whole, to, whole.length);
    return switch (random.nextInt(6)) {
      case 0 -> head;
      case 1 -> join(head, tail);
      case 2 -> join(head, slice, slice, tail);
      case 3 -> join(head, random(random.nextInt(300)), slice, tail);
      case 4 -> join(head, new byte[] {(byte) interesting()}, tail);
      default -> {
        for (int i = 0; i < slice.length; i++) {
          slice[i] ^= (byte) (1 << random.nextInt(8));
        }
        yield join(head, slice, tail);
      }
    };
  }

  private byte[] elements(byte[] changed, byte[] otherwise) {
    List<Element> all = new ArrayList<>();
    Element root = parse(changed, all);
    if (root == null) {
      all.clear();
      root = parse(otherwise, all);
    }
    if (root == null) {
      return octets(changed);
    }
    change(all.get(random.nextInt(all.size())));
    return root.encoded();
  }

  private void change(Element element) {
    int child = element.children.isEmpty() ? -1 : random.nextInt(element.children.size());
    switch (random.nextInt(child < 0 ? 4 : 8)) {
      case 0 -> element.tag = random.nextBoolean() ? interesting() : element.tag ^ 0x20;
      case 1 -> element.content = random(random.nextInt(200));
      case 2 -> element.content = new byte[0];
      case 3 -> wrap(element);
      case 4 -> element.children.remove(child);
      case 5 -> element.children.add(element.children.get(child));
      case 6 -> Collections.shuffle(element.children, random);
      default -> {
        for (int i = random.nextInt(60); i > 0; i--) {
          element.children.add(element.children.get(child));
        }
      }
    }
  }

  private void wrap(Element element) {
    byte[] content = element.encoded();
    for (int i = random.nextInt(DEEPEST); i > 0; i--) {
      content = encode(element.tag, content);
    }
    element.children.clear();
    element.content = content;
  }

  /** An element; without children its content stands as it is. */
  private static final class Element {

    private int tag;
    private byte[] content;
    private final List<Element> children = new ArrayList<>();

    Element(int tag, byte[] content) {
      this.tag = tag;
      this.content = content;
    }

    byte[] encoded() {
      return encode(
          tag,
          children.isEmpty()
              ? content
              : join(children.stream().map(Element::encoded).toArray(byte[][]::new)));
    }
  }

  /** The first element of {@code octets} if it is all of them; null if they are no DER. */
  private static @org.jspecify.annotations.Nullable Element parse(
      byte[] octets, List<Element> all) {
    List<Element> found = new ArrayList<>();
    return parseAll(octets, found, all) && found.size() == 1 ? found.get(0) : null;
  }

  private static boolean parseAll(byte[] octets, List<Element> into, List<Element> all) {
    int at = 0;
    while (at < octets.length) {
      if (at + 2 > octets.length) {
        return false;
      }
      int first = octets[at + 1] & 0xff;
      int more = first < 0x80 ? 0 : first - 0x80;
      int start = at + 2 + more;
      if (more > 2 || start > octets.length) {
        return false;
      }
      int length = more == 0 ? first : 0;
      for (int i = at + 2; i < start; i++) {
        length = (length << 8) | (octets[i] & 0xff);
      }
      if (start + length > octets.length) {
        return false;
      }
      Element element =
          new Element(octets[at] & 0xff, Arrays.copyOfRange(octets, start, start + length));
      into.add(element);
      all.add(element);
      if ((element.tag & 0x20) != 0 && !parseAll(element.content, element.children, all)) {
        element.children.clear();
      }
      at = start + length;
    }
    return true;
  }

  private static byte[] encode(int tag, byte[] content) {
    int length = content.length;
    byte[] header =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : length < 0x10000
                    ? new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length}
                    : new byte[] {
                      (byte) tag,
                      (byte) 0x83,
                      (byte) (length >> 16),
                      (byte) (length >> 8),
                      (byte) length
                    };
    return join(header, content);
  }

  private int interesting() {
    return INTERESTING[random.nextInt(INTERESTING.length)];
  }

  private byte[] random(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
