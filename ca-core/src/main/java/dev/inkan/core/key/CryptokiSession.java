package dev.inkan.core.key;

import java.lang.reflect.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Looks at, makes and removes objects of a token. For one thread, under the library's lock. */
final class CryptokiSession implements AutoCloseable {

  static final long READ_AND_WRITE = 6; // CKF_RW_SESSION, CKF_SERIAL_SESSION

  static final long CLASS = 0x00;
  static final long TOKEN = 0x01;
  static final long LABEL = 0x03;
  static final long VALUE = 0x11;
  static final long CERTIFICATE_TYPE = 0x80;
  static final long ISSUER = 0x81;
  static final long SERIAL_NUMBER = 0x82;
  static final long SUBJECT = 0x101;
  static final long ID = 0x102;
  static final long SENSITIVE = 0x103;
  static final long EXTRACTABLE = 0x162;

  static final long CERTIFICATES = 1;
  static final long PRIVATE_KEYS = 3;

  private static final long MOST = 1000;

  private final Cryptoki cryptoki;
  private final long session;

  CryptokiSession(Cryptoki cryptoki, long session) {
    this.cryptoki = cryptoki;
    this.session = session;
  }

  /** The objects of one class with this attribute. */
  List<Long> find(long objects, long attribute, byte[] value) throws CryptokiException {
    Map<Long, Object> template = new LinkedHashMap<>();
    template.put(CLASS, objects);
    template.put(TOKEN, true);
    template.put(attribute, value);
    return find(template);
  }

  private List<Long> find(Map<Long, Object> template) throws CryptokiException {
    Object attributes = attributes(template);
    Object unused =
        call("C_FindObjectsInit", Cryptoki.types(long.class, attributes.getClass()), attributes);
    try {
      long[] found =
          (long[]) call("C_FindObjects", Cryptoki.types(long.class, long.class), (Object) MOST);
      return LongStream.of(found).boxed().toList();
    } finally {
      Object unusedEnd = call("C_FindObjectsFinal", Cryptoki.types(long.class));
    }
  }

  /** An attribute that is true or false. */
  boolean isTrue(long object, long attribute) throws CryptokiException {
    return Boolean.TRUE.equals(value(object, attribute));
  }

  /** An attribute in octets. */
  byte[] octets(long object, long attribute) throws CryptokiException {
    return value(object, attribute) instanceof byte[] octets ? octets : new byte[0];
  }

  private Object value(long object, long attribute) throws CryptokiException {
    Object attributes = empty(1);
    Array.set(attributes, 0, attribute(attribute, new byte[0]));
    set(Array.get(attributes, 0));
    Object unused =
        call(
            "C_GetAttributeValue",
            Cryptoki.types(long.class, long.class, attributes.getClass()),
            object,
            attributes);
    return Cryptoki.field(Array.get(attributes, 0), "pValue");
  }

  /** The library fills in what is null. */
  private static void set(Object attribute) throws CryptokiException {
    try {
      attribute.getClass().getField("pValue").set(attribute, null);
    } catch (ReflectiveOperationException e) {
      throw new CryptokiException("an attribute without a value", e);
    }
  }

  /** Changes an attribute of an object. */
  void change(long object, long attribute, byte[] value) throws CryptokiException {
    Object attributes = attributes(Map.of(attribute, value));
    Object unused =
        call(
            "C_SetAttributeValue",
            Cryptoki.types(long.class, long.class, attributes.getClass()),
            object,
            attributes);
  }

  /** Makes an object. */
  void create(Map<Long, Object> values) throws CryptokiException {
    Object attributes = attributes(values);
    Object unused =
        call("C_CreateObject", Cryptoki.types(long.class, attributes.getClass()), attributes);
  }

  /** Removes an object for good. */
  void destroy(long object) throws CryptokiException {
    Object unused =
        call("C_DestroyObject", Cryptoki.types(long.class, long.class), (Object) object);
  }

  private Object attributes(Map<Long, Object> values) throws CryptokiException {
    Object attributes = empty(values.size());
    int i = 0;
    for (Map.Entry<Long, Object> value : values.entrySet()) {
      Array.set(attributes, i, attribute(value.getKey(), value.getValue()));
      i++;
    }
    return attributes;
  }

  private Object empty(int length) throws CryptokiException {
    return Array.newInstance(cryptoki.type("CK_ATTRIBUTE"), length);
  }

  private Object attribute(long type, Object value) throws CryptokiException {
    try {
      return cryptoki
          .type("CK_ATTRIBUTE")
          .getConstructor(long.class, Object.class)
          .newInstance(type, value);
    } catch (ReflectiveOperationException e) {
      throw new CryptokiException("an attribute", e);
    }
  }

  private Object call(String function, Class<?>[] types, Object... further)
      throws CryptokiException {
    Object[] arguments = new Object[further.length + 1];
    arguments[0] = session;
    System.arraycopy(further, 0, arguments, 1, further.length);
    return cryptoki.call(function, types, arguments);
  }

  @Override
  public void close() {
    try {
      Object unused = call("C_CloseSession", Cryptoki.types(long.class));
    } catch (CryptokiException gone) {
      // A session that was lost is closed.
      return;
    }
  }
}
