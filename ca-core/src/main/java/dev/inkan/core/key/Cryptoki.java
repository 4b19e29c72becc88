package dev.inkan.core.key;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#11 library of this process, with what the JDK's provider does not show: which slot a token
 * is in, what attributes an object has, and starting the library anew. For that it needs the option
 * {@code --add-opens} for the JDK's own binding, which the server's jar asks for.
 *
 * <p>There is one for each library, because a library's state is the whole process's: a new start
 * ends every session of everybody. Whoever uses one holds {@link #lock} for reading meanwhile.
 *
 * @see <a href="https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/">PKCS #11 2.40</a>
 */
final class Cryptoki {

  private static final Map<Path, Cryptoki> LIBRARIES = new ConcurrentHashMap<>();
  private static final String BINDING = "sun.security.pkcs11.wrapper.";
  private static final String PROVIDER = "sun.security.pkcs11.SunPKCS11";
  private static final long OS_LOCKING = 2;

  private final Path library;
  private final Class<?> binding;
  private final Object functions;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicLong starts = new AtomicLong();

  // Once collected, they would close sessions by numbers that mean others' after a new start.
  private final List<Object> retained = new CopyOnWriteArrayList<>();

  private Cryptoki(Path library, Class<?> binding, Object functions) {
    this.library = library;
    this.binding = binding;
    this.functions = functions;
  }

  /**
   * The library in the file {@code library}, started.
   *
   * @throws CryptokiException if it is none, or the JVM keeps its binding closed
   */
  static Cryptoki of(Path library) throws CryptokiException {
    Path absolute = library.toAbsolutePath().normalize();
    Cryptoki known = LIBRARIES.get(absolute);
    if (known == null) {
      Cryptoki loaded = load(absolute);
      Cryptoki other = LIBRARIES.putIfAbsent(absolute, loaded);
      known = other == null ? loaded : other; // the JDK keeps one library for each path anyway
    }
    return known;
  }

  private static Cryptoki load(Path library) throws CryptokiException {
    try {
      Class<?> binding = Class.forName(BINDING + "PKCS11");
      Method getInstance =
          binding.getMethod(
              "getInstance",
              String.class,
              String.class,
              Class.forName(BINDING + "CK_C_INITIALIZE_ARGS"),
              boolean.class);
      Object functions =
          getInstance.invoke(
              null, library.toString(), "C_GetFunctionList", initialisation(), false);
      return new Cryptoki(library, binding, functions);
    } catch (InvocationTargetException e) {
      throw new CryptokiException(library + " does not start: " + nameOf(e), e);
    } catch (ReflectiveOperationException e) {
      throw closed(e);
    }
  }

  private static String nameOf(InvocationTargetException e) {
    return CryptokiException.nameOf(e);
  }

  /** Without the library's own locks the JDK would let one thread at a time in. */
  private static Object initialisation() throws ReflectiveOperationException {
    Class<?> type = Class.forName(BINDING + "CK_C_INITIALIZE_ARGS");
    Object arguments = type.getConstructor().newInstance();
    type.getField("flags").set(arguments, OS_LOCKING);
    return arguments;
  }

  private static CryptokiException closed(ReflectiveOperationException e) {
    return new CryptokiException(
        "this JVM keeps PKCS#11 closed: start it with"
            + " --add-opens jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED",
        e);
  }

  Path library() {
    return library;
  }

  /** For writing while the library starts anew, for reading during everything else. */
  ReadWriteLock lock() {
    return lock;
  }

  /** How often it was started anew; every session and handle of before is void. */
  long starts() {
    return starts.get();
  }

  /** Starts the library anew, which is how some libraries find a token that came back. */
  void restart() throws CryptokiException {
    lock.writeLock().lock();
    try {
      starts.incrementAndGet();
      Object unused = call("C_Finalize", types(Object.class), new @Nullable Object[] {null});
      Method initialise = binding.getDeclaredMethod("C_Initialize", Object.class);
      initialise.setAccessible(true);
      initialise.invoke(functions, initialisation());
    } catch (InvocationTargetException e) {
      throw new CryptokiException(library + " does not start again: " + nameOf(e), e);
    } catch (ReflectiveOperationException e) {
      throw closed(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The tokens that are in their slots. */
  List<TokenInSlot> tokens() throws CryptokiException {
    List<TokenInSlot> tokens = new ArrayList<>();
    for (long slot : (long[]) call("C_GetSlotList", types(boolean.class), true)) {
      try {
        Object token = call("C_GetTokenInfo", types(long.class), slot);
        char[] label = (char[]) field(token, "label");
        tokens.add(new TokenInSlot(slot, text(label), (long) field(token, "flags")));
      } catch (CryptokiException silent) {
        // Nobody can say whose token it is that does not answer: it counts as absent.
      }
    }
    return tokens;
  }

  /** Asks the library whether the token in {@code slot} is still there. */
  void requireToken(long slot) throws CryptokiException {
    Object unused = call("C_GetTokenInfo", types(long.class), slot);
  }

  /** A token that is there. */
  record TokenInSlot(long slot, String label, long flags) {}

  /** Labels come as UTF-8 in characters of eight bits, padded with blanks. */
  private static String text(char[] padded) {
    String octets = new String(padded);
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
  }

  /** The JDK's provider for the token in one slot. */
  Provider provider(long slot, String attributes) {
    Provider provider =
        ServiceLoader.load(Provider.class, ClassLoader.getSystemClassLoader()).stream()
            .filter(it -> it.type().getName().equals(PROVIDER))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("this JDK has no " + PROVIDER))
            .get()
            .configure("--name=Inkan\nlibrary=" + library + "\nslot=" + slot + "\n" + attributes);
    retain(provider);
    return provider;
  }

  /** Keeps what holds sessions from being collected. */
  void retain(Object holder) {
    retained.add(holder);
  }

  /** A session of our own with the token in {@code slot}, beside the provider's. */
  CryptokiSession open(long slot) throws CryptokiException {
    Class<?> notify = type("CK_NOTIFY");
    long session =
        (long)
            call(
                "C_OpenSession",
                types(long.class, long.class, Object.class, notify),
                slot,
                CryptokiSession.READ_AND_WRITE,
                null,
                null);
    return new CryptokiSession(this, session);
  }

  static Class<?>[] types(Class<?>... types) {
    return types;
  }

  Class<?> type(String name) throws CryptokiException {
    try {
      return Class.forName(BINDING + name);
    } catch (ReflectiveOperationException e) {
      throw closed(e);
    }
  }

  /** Calls a function of the library. */
  Object call(String function, Class<?>[] types, @Nullable Object... arguments)
      throws CryptokiException {
    try {
      Object result = binding.getMethod(function, types).invoke(functions, arguments);
      return result == null ? "" : result;
    } catch (InvocationTargetException e) {
      throw new CryptokiException(function + ": " + nameOf(e), e);
    } catch (ReflectiveOperationException e) {
      throw closed(e);
    }
  }

  static Object field(Object structure, String name) throws CryptokiException {
    try {
      Object value = structure.getClass().getField(name).get(structure);
      return value == null ? "" : value;
    } catch (ReflectiveOperationException e) {
      throw closed(e);
    }
  }
}
