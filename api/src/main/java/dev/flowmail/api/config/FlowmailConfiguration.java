package dev.flowmail.api.config;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Buckets;
import dev.flowmail.activities.attachments.Downloads;
import dev.flowmail.activities.attachments.FetchActivities;
import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.callback.HttpCallbackActivities;
import dev.flowmail.activities.callback.Tellings;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.activities.receipts.Receipts;
import dev.flowmail.activities.receipts.SigningKeys;
import dev.flowmail.activities.smtp.SmtpMailActivities;
import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.api.decisions.Callbacks;
import dev.flowmail.api.decisions.PageResponses;
import dev.flowmail.api.decisions.Rehearsal;
import dev.flowmail.api.decisions.RememberedRuns;
import dev.flowmail.api.drain.Drain;
import dev.flowmail.api.drain.DrainedAdmission;
import dev.flowmail.api.metrics.ActivityMeters;
import dev.flowmail.api.metrics.CountingDispatcher;
import dev.flowmail.api.metrics.DoorMeters;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.AcceptedRequests;
import dev.flowmail.api.temporal.EmbeddedTemporal;
import dev.flowmail.api.temporal.LatestOpen;
import dev.flowmail.api.temporal.RunWatch;
import dev.flowmail.api.temporal.SearchAttributes;
import dev.flowmail.api.temporal.TemporalCalls;
import dev.flowmail.api.temporal.TemporalDecisionRuns;
import dev.flowmail.api.temporal.TemporalDispatcher;
import dev.flowmail.api.temporal.TemporalHealthIndicator;
import dev.flowmail.api.temporal.TemporalOpenRequests;
import dev.flowmail.api.temporal.TemporalWorker;
import dev.flowmail.api.ui.HiddenAddress;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.CodeMails;
import dev.flowmail.templates.DecisionMails;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.decision.DecisionWorkflowImpl;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.interceptors.ActivityClientInterceptor;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** How the parts are put together: one bean, one method. */
@Configuration(proxyBeanMethods = false)
class FlowmailConfiguration {

    @Bean
    DataDirectory dataDirectory(FlowmailProperties settings) {
        return DataDirectory.open(settings.dataDirectory());
    }

    @Bean
    KeyRings keyRings(
            FlowmailProperties settings,
            DataDirectory directory,
            @Value("${" + DerivedSettings.EMBEDDED + "}") boolean embedded) {
        return KeyRings.open(settings.keys(), directory, embedded);
    }

    @Bean
    DataConverter mainDataConverter(KeyRings keys) {
        return PayloadJson.encrypted(keys.payloads());
    }

    @Bean
    @ConditionalOnBooleanProperty(DerivedSettings.EMBEDDED)
    EmbeddedTemporal embeddedTemporal(
            FlowmailProperties settings,
            @Value("${spring.temporal.namespace}") String namespace,
            @Value("${server.port}") int webPort,
            DataDirectory directory,
            HiddenAddress ui,
            WorkflowServiceStubs stubs) {
        return new EmbeddedTemporal(settings.temporal(), namespace, webPort, directory, ui.socket(), stubs);
    }

    @Bean
    TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> shortPauses() {
        return options -> options.setRpcRetryOptions(TemporalCalls.RETRIES);
    }

    @Bean
    SearchAttributes searchAttributes(WorkflowClient client) {
        return new SearchAttributes(client);
    }

    @Bean
    NetworkGuard networkGuard(FlowmailProperties settings) {
        return settings.network().guard();
    }

    @Bean
    GuardedHttp guardedHttp(NetworkGuard guard, FlowmailProperties settings) throws NoSuchAlgorithmException {
        return new GuardedHttp(
                guard, SSLContext.getDefault(), settings.network().forwardProxy());
    }

    @Bean
    AccessTokens accessTokens(GuardedHttp http) {
        return new AccessTokens(http);
    }

    @Bean
    AttachmentStore attachmentStore(FlowmailProperties settings, DataDirectory directory, KeyRings keys)
            throws IOException {
        return AttachmentStores.open(settings.attachments(), directory.path(), keys.payloads());
    }

    @Bean
    Buckets buckets(NetworkGuard guard, FlowmailProperties settings) {
        return new Buckets(guard, settings.network().forwardProxy());
    }

    @Bean
    Receipts receipts(KeyRings keys, FlowmailProperties settings) {
        return new Receipts(keys.receipts() == null ? null : new SigningKeys(keys.receipts()), settings.publicUrl());
    }

    @Bean
    LinkCodes linkCodes(KeyRings keys) {
        return new LinkCodes(keys.links());
    }

    @Bean
    PageCodes pageCodes(KeyRings keys) {
        return new PageCodes(keys.links());
    }

    @Bean
    FreshCodes freshCodes(KeyRings keys) {
        return new FreshCodes(keys.links());
    }

    @Bean
    PageStamps pageStamps(KeyRings keys) {
        return new PageStamps(keys.links());
    }

    @Bean
    Brand brand(FlowmailProperties settings) {
        return settings.brandDirectory() == null ? Brand.FLOWMAIL : Brand.read(settings.brandDirectory());
    }

    @Bean
    SmtpMailActivities mailActivities(
            FlowmailProperties settings,
            NetworkGuard guard,
            AccessTokens tokens,
            GuardedHttp http,
            Buckets buckets,
            AttachmentStore store,
            LinkCodes codes,
            PageCodes pageCodes,
            FreshCodes freshCodes,
            Brand brand,
            OperatorsMail operators)
            throws NoSuchAlgorithmException {
        return new SmtpMailActivities(
                guard,
                tokens,
                store,
                new Downloads(http),
                buckets,
                new MailedCodes(codes, pageCodes, freshCodes),
                new DecisionMails(brand)::render,
                new CodeMails(brand)::render,
                settings.publicUrl(),
                SSLContext.getDefault(),
                settings.smtp().limits(),
                operators.server());
    }

    @Bean
    SmtpMetrics smtpMetrics(SmtpMailActivities mail) {
        return new SmtpMetrics(mail);
    }

    @Bean
    Tellings tellings() {
        return new Tellings();
    }

    @Bean
    FlowHosts flowHosts(FlowmailProperties settings) {
        return settings.flow().places();
    }

    @Bean
    HttpCallbackActivities callbackActivities(FlowHosts hosts, GuardedHttp http, Tellings tellings) {
        return new HttpCallbackActivities(http, hosts, tellings);
    }

    @Bean
    FetchActivities fetchActivities(GuardedHttp http, Buckets buckets, AttachmentStore store) {
        return new FetchActivities(store, new Fetching(store, new Downloads(http), buckets));
    }

    @Bean
    ActivityMeters activityMeters(MeterRegistry registry) {
        return new ActivityMeters(registry, Clock.systemUTC());
    }

    @Bean
    TemporalWorker temporalWorker(
            WorkflowClient client,
            SearchAttributes attributes,
            SmtpMailActivities mail,
            HttpCallbackActivities callback,
            FetchActivities fetches,
            Receipts receipts,
            RememberedRuns runs,
            Rehearsal rehearsal,
            FlowmailProperties settings,
            List<WorkerInterceptor> interceptors) {
        // no bean: the client waits for every interceptor that is one, and what this one tells waits for the client
        Stream<WorkerInterceptor> all = Stream.concat(interceptors.stream(), Stream.of(new RunWatch(runs)));
        return new TemporalWorker(
                client,
                attributes,
                List.of(DecisionWorkflowImpl.class),
                List.of(mail, callback, fetches, receipts),
                rehearsal,
                settings.temporal().version(),
                all.toArray(WorkerInterceptor[]::new));
    }

    @Bean
    Rehearsal rehearsal(WorkflowClient client, RememberedRuns runs, LinkCodes codes, PageResponses pages) {
        return new Rehearsal(new LatestOpen(client), runs, codes, pages);
    }

    @Bean
    MeterBinder workerMeter(TemporalWorker worker) {
        return registry -> Gauge.builder("flowmail.worker.started", worker, one -> one.isStarted() ? 1 : 0)
                .description("1 once the worker takes tasks from Temporal")
                .register(registry);
    }

    @Bean
    ActivityClient activityClient(WorkflowClient client, ObjectProvider<ActivityClientInterceptor> interceptors) {
        return ActivityClient.newInstance(
                client.getWorkflowServiceStubs(),
                ActivityClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .setIdentity(client.getOptions().getIdentity())
                        .setInterceptors(interceptors.stream().toList())
                        .build());
    }

    @Bean
    RequestMeters requestMeters(MeterRegistry registry) {
        return new RequestMeters(registry);
    }

    @Bean
    DoorMeters doorMeters(MeterRegistry registry, RequestMeters requests) {
        return new DoorMeters(registry, requests);
    }

    @Bean
    Dispatcher dispatcher(
            WorkflowClient workflows,
            ActivityClient activities,
            SearchAttributes attributes,
            FlowmailProperties settings,
            RequestMeters meters) {
        boolean startsHere = settings.temporal().version().isEmpty();
        return new CountingDispatcher(
                new TemporalDispatcher(workflows, activities, attributes, Clock.systemUTC(), startsHere), meters);
    }

    @Bean
    Drain drain(DataDirectory directory) {
        return new Drain(directory.path());
    }

    @Bean
    Admission admission(Drain drain, WorkflowClient workflows, ActivityClient activities) {
        return new DrainedAdmission(drain, new AcceptedRequests(workflows, activities));
    }

    @Bean
    MeterBinder drainMeter(Drain drain) {
        return registry -> Gauge.builder("flowmail.drained", drain, one -> one.isOn() ? 1 : 0)
                .description("1 while new requests are refused, after ./flowmail drain")
                .register(registry);
    }

    @Bean
    RememberedRuns decisionRuns(WorkflowClient client) {
        ManagedChannel temporal = client.getWorkflowServiceStubs().getRawChannel();
        return new RememberedRuns(
                new TemporalDecisionRuns(client), () -> temporal.getState(false) == ConnectivityState.READY);
    }

    @Bean
    Callbacks callbacks(Tellings tellings) {
        return tellings::await;
    }

    @Bean
    TemporalOpenRequests openRequests(WorkflowClient workflows, ActivityClient activities) {
        return new TemporalOpenRequests(workflows, activities);
    }

    @Bean
    PageResponses pageResponses(Brand brand, FlowmailProperties settings) {
        return new PageResponses(new Pages(brand, settings.publicUrl().getPath()));
    }

    @Bean("temporal")
    TemporalHealthIndicator temporalHealth(WorkflowServiceStubs stubs, TemporalWorker worker) {
        return new TemporalHealthIndicator(stubs, worker);
    }

    @Bean
    StartLog startLog(
            FlowmailProperties settings,
            DataDirectory directory,
            KeyRings keys,
            Drain drain,
            Environment environment,
            TemporalWorker worker) {
        return new StartLog(settings, directory, keys, drain.isOn(), environment, worker::whenStarted);
    }

    /** Before every other filter of this port: a browser asks by OPTIONS without credentials, and may read a 401 too. */
    @Bean
    FilterRegistrationBean<CorsFilter> codecCors(FlowmailProperties settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(codecOrigins(settings));
        cors.setAllowedMethods(List.of("POST"));
        cors.addAllowedHeader(CorsConfiguration.ALL);
        cors.setAllowCredentials(true);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/codec/**", cors);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
        filter.addUrlPatterns("/codec/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    private static List<String> codecOrigins(FlowmailProperties settings) {
        int ui = settings.temporal().uiPort();
        return settings.codec().origins().isEmpty()
                ? List.of("http://localhost:" + ui, "http://127.0.0.1:" + ui)
                : settings.codec().origins();
    }
}
