package dev.inkan.core.ocsp;

import java.util.Arrays;

/**
 * One element of a DER encoding: a view of the octets that it lies in. Strict: definite lengths, in
 * as few octets as possible, tags of one octet, nothing past the limit. Immutable.
 */
final class DerElement {

  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private static final int HIGH_TAG_NUMBER = 0x1f;
  private static final int MOST_LENGTH_OCTETS = 3;
  private static final int CONTINUED = 0x80;

  private final byte[] octets;
  private final int start;
  private final int content;
  private final int end;

  private DerElement(byte[] octets, int start, int content, int end) {
    this.octets = octets;
    this.start = start;
    this.content = content;
    this.end = end;
  }

  /** The one element that {@code octets} are. */
  static DerElement whole(byte[] octets) throws MalformedDerException {
    DerElement element = at(octets, 0, octets.length);
    if (element.end != octets.length) {
      throw new MalformedDerException("octets after the end");
    }
    return element;
  }

  private static DerElement at(byte[] octets, int start, int limit) throws MalformedDerException {
    if (limit - start < 2) {
      throw new MalformedDerException("cut off before a length");
    }
    if ((octets[start] & HIGH_TAG_NUMBER) == HIGH_TAG_NUMBER) {
      throw new MalformedDerException("a tag of several octets");
    }
    int first = octets[start + 1] & 0xff;
    int content = start + 2;
    int length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > MOST_LENGTH_OCTETS || limit - content < count) {
        throw new MalformedDerException("a length that is indefinite, too long or cut off");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | (octets[content + i] & 0xff);
      }
      if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
        throw new MalformedDerException("a length in more octets than it takes");
      }
      content += count;
    }
    if (length > limit - content) {
      throw new MalformedDerException("cut off");
    }
    return new DerElement(octets, start, content, content + length);
  }

  int tag() {
    return octets[start] & 0xff;
  }

  boolean is(int tag) {
    return tag() == tag;
  }

  DerElement require(int tag) throws MalformedDerException {
    if (!is(tag)) {
      throw new MalformedDerException("tag " + tag() + " in place of " + tag);
    }
    return this;
  }

  /** Requires an OBJECT IDENTIFIER whose arcs are whole and in as few octets as possible. */
  DerElement requireIdentifier() throws MalformedDerException {
    boolean begins = true;
    for (int i = require(OBJECT_IDENTIFIER).content; i < end; i++) {
      if (begins && (octets[i] & 0xff) == CONTINUED) {
        throw new MalformedDerException("an arc in more octets than it takes");
      }
      begins = (octets[i] & CONTINUED) == 0;
    }
    if (!begins || length() == 0) {
      throw new MalformedDerException("an object identifier that is cut off");
    }
    return this;
  }

  int length() {
    return end - content;
  }

  /** The first element inside. */
  DerElement first() throws MalformedDerException {
    return at(octets, content, end);
  }

  /** Whether nothing follows this one inside {@code parent}. */
  boolean isLastIn(DerElement parent) {
    return end == parent.end;
  }

  /** The element after this one inside {@code parent}. */
  DerElement nextIn(DerElement parent) throws MalformedDerException {
    return at(octets, end, parent.end);
  }

  /** The one element inside. */
  DerElement only() throws MalformedDerException {
    DerElement inner = first();
    if (!inner.isLastIn(this)) {
      throw new MalformedDerException("more than one element inside");
    }
    return inner;
  }

  byte contentAt(int index) {
    return octets[content + index];
  }

  boolean contentEquals(byte[] expected) {
    return Arrays.equals(octets, content, end, expected, 0, expected.length);
  }

  byte[] copyOfContent() {
    return Arrays.copyOfRange(octets, content, end);
  }

  /** The whole element, tag and length included. */
  byte[] copy() {
    return Arrays.copyOfRange(octets, start, end);
  }
}
