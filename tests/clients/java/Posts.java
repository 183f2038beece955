import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The client that comes with Java, as it is without any setting: it offers h2c with each request, and sends the next one on the same
 * connection. Every question is answered.
 */
public class Posts {
    static final int QUESTIONS = 500;
    static final String BODY = "{\"query\":\"{ viewer { role } }\"}";
    static final String ANSWER = "{\"data\":{\"viewer\":{\"role\":\"PUBLIC\"}}}";

    public static void main(String[] arguments) throws Exception {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(System.getenv("SERVICE_URL") + "/v1/graphql"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/graphql-response+json")
            .POST(BodyPublishers.ofString(BODY))
            .build();
        Callable<String> ask = () -> {
            try {
                var response = client.send(request, BodyHandlers.ofString());
                var isRight = response.statusCode() == 200 && response.body().equals(ANSWER);
                return isRight ? "answered" : response.statusCode() + " " + response.body();
            } catch (java.io.IOException lost) {
                return lost.toString();
            }
        };
        var threads = Executors.newFixedThreadPool(4);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Future<String> outcome : threads.invokeAll(IntStream.range(0, QUESTIONS).mapToObj(number -> ask).toList())) {
            outcomes.merge(outcome.get(), 1, Integer::sum);
        }
        threads.shutdown();
        System.out.println("the client of Java: " + outcomes);
        System.exit(outcomes.equals(Map.of("answered", QUESTIONS)) ? 0 : 1);
    }
}
