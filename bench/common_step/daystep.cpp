// The common day step in C++: the peer that glasstown's engine is compared with.
//
// float  : structure of arrays, 32-bit floats, one fused pass, one plain gather per tie. A straightforward good program.
// packed : the same day with the engine's own choices: integers, 16-bit voices, luck a chunk ahead, flat tally of ties.
//
// Build: g++ -O3 -march=native -fopenmp daystep.cpp -o daystep
// Use:   OMP_NUM_THREADS=2 ./daystep float|packed FIRST NEIGHBOURS SEED START OFFENCE DETECTION MISTAKE_0 MISTAKE_1
// Then each line "DAYS" on standard input is answered by one JSON line: that many days from the first morning.
#include <omp.h>
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

constexpr uint64_t golden = 0x9E3779B97F4A7C15u;
constexpr size_t chunk = 256;      // citizens of one unit of work in `packed`
constexpr size_t work_unit = 1024; // citizens of one unit of work in `float`
constexpr size_t block = 32;       // citizens whose ties `packed` tallies in one run
constexpr float silence = 4.0f;    // no opinion has this value

struct Parameters {
    uint64_t seed;
    int start;
    uint32_t offence, detection, mistake[2];
};

struct Sums {
    int64_t score = 0, listed[2] = {0, 0}, speakers = 0;
    double opinion = 0, square = 0;
    void add(const Sums& other) {
        score += other.score, speakers += other.speakers;
        listed[0] += other.listed[0], listed[1] += other.listed[1];
        opinion += other.opinion, square += other.square;
    }
};

inline uint64_t mixed(uint64_t word) {
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    return word ^ (word >> 31);
}
inline uint64_t key_of(uint64_t seed, uint64_t day, uint64_t purpose) { return mixed(seed + golden * (64 * day + purpose + 1)); }
inline uint32_t draw(uint64_t key, uint64_t citizen) { return uint32_t(mixed(key + golden * (citizen + 1)) >> 32); }

// Zeroed memory on huge pages, as NumPy asks for.
template <class T>
struct Column {
    T* data;
    size_t count;
    explicit Column(size_t n) : count(n) {
        size_t bytes = (n * sizeof(T) / 4096 + 2) * 4096;
        data = static_cast<T*>(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        madvise(data, bytes, MADV_HUGEPAGE);
    }
    Column(const Column&) = delete;
    T& operator[](size_t i) { return data[i]; }
    double bytes() const { return double(count) * sizeof(T); }
};

template <class T>
std::unique_ptr<Column<T>> read(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) { fprintf(stderr, "cannot read %s\n", path.c_str()); exit(1); }
    auto column = std::make_unique<Column<T>>(size_t(file.tellg()) / sizeof(T));
    file.seekg(0).read(reinterpret_cast<char*>(column->data), std::streamsize(column->bytes()));
    return column;
}

struct Society {
    Parameters p;
    std::unique_ptr<Column<int64_t>> first_file;
    std::unique_ptr<Column<int32_t>> neighbours_file;
    size_t people;
    int64_t* first;
    int32_t* neighbours;
    Society(const char* ties, const char* ends, Parameters parameters)
        : p(parameters), first_file(read<int64_t>(ties)), neighbours_file(read<int32_t>(ends)), people(first_file->count - 1),
          first(first_file->data), neighbours(neighbours_file->data) {}
    virtual ~Society() = default;
    virtual void reset() = 0;
    virtual Sums live(uint64_t day) = 0;
    virtual double bytes() const = 0;
    bool in_minority(size_t i) const { return draw(key_of(p.seed, 0, 1), i) < uint32_t(0.2 * 4294967296.0); }
    int first_opinion(size_t i) const { return int(draw(key_of(p.seed, 0, 2), i) >> 8) - (1 << 23); }
    int lost(uint32_t offence, uint32_t detection, uint32_t mistake, int group, int listed) const {
        return 20 * (((offence < p.offence << listed) & (detection < p.detection)) + (mistake < p.mistake[group]));
    }
};

inline int scored(int score, int loss) { return loss ? std::max(score - loss, 0) : std::min(score + 1, 1300); }
inline int list(int listed, int score) { return score < 600 ? 1 : score >= 700 ? 0 : listed; }

struct FloatSociety final : Society {
    Column<int16_t> score;
    Column<uint8_t> group, listed;
    Column<float> opinion, wealth, voices[2]; // voices: opinion of who speaks, silence of who does not; by parity of the day
    FloatSociety(const char* ties, const char* ends, Parameters parameters)
        : Society(ties, ends, parameters), score(people), group(people), listed(people), opinion(people), wealth(people),
          voices{Column<float>(people), Column<float>(people)} {}
    double bytes() const override { return 20.0 * people + first_file->bytes() + neighbours_file->bytes(); }

    void reset() override {
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < people; i++) {
            group[i] = in_minority(i), listed[i] = 0, score[i] = int16_t(p.start), wealth[i] = 0;
            opinion[i] = float(first_opinion(i)) / 8388608.0f;
            voices[0][i] = std::fabs(opinion[i]) > 0.5f ? opinion[i] : silence;
        }
    }

    Sums live_some(uint64_t day, size_t low, size_t high) {
        const uint64_t offence = key_of(p.seed, day, 1), detection = key_of(p.seed, day, 2), mistake = key_of(p.seed, day, 3);
        const float* yesterday = voices[(day + 1) & 1].data;
        float* today = voices[day & 1].data;
        Sums sums;
        for (size_t i = low; i < high; i++) {
            int points = scored(score[i], lost(draw(offence, i), draw(detection, i), draw(mistake, i), group[i], listed[i]));
            int on_list = list(listed[i], points), speakers = 0;
            float heard = 0, view = opinion[i], ties = float(first[i + 1] - first[i]);
            for (int64_t slot = first[i]; slot < first[i + 1]; slot++) {
                float voice = yesterday[neighbours[slot]];
                bool spoke = voice != silence;
                speakers += spoke;
                heard += spoke ? voice : 0.0f;
            }
            float bar = 0.2f + 0.6f * (ties - float(speakers)) / ties + (points < 800 ? 0.2f : 0.0f);
            bool says = std::fabs(view) > bar;
            if (speakers) view += 0.05f * (heard / float(speakers) - view);
            score[i] = int16_t(points), listed[i] = uint8_t(on_list), opinion[i] = view;
            wealth[i] += on_list ? 0.4f : 1.0f;
            today[i] = says ? view : silence;
            sums.score += points, sums.listed[group[i]] += on_list, sums.speakers += says;
            sums.opinion += view, sums.square += double(view) * view;
        }
        return sums;
    }

    Sums live(uint64_t day) override {
        size_t units = (people + work_unit - 1) / work_unit;
        std::vector<Sums> parts(units);
#pragma omp parallel for schedule(dynamic, 4)
        for (size_t unit = 0; unit < units; unit++)
            parts[unit] = live_some(day, unit * work_unit, std::min(people, (unit + 1) * work_unit));
        Sums sums;
        for (auto& part : parts) sums.add(part);
        return sums;
    }
};

struct PackedSociety final : Society {
    struct Citizen {
        uint32_t first_tie;
        int32_t opinion, wealth; // opinion: 2^23 is 1; wealth in tenths
        int16_t score;
        uint8_t ties, flags; // flags: 1 minority, 2 on the list
    };
    static_assert(sizeof(Citizen) == 16);
    Column<Citizen> citizens;
    Column<uint16_t> voices[2]; // 0 is silence; otherwise opinion >> 8, plus 2^15
    int64_t shares[256] = {0};
    PackedSociety(const char* ties, const char* ends, Parameters parameters)
        : Society(ties, ends, parameters), citizens(people), voices{Column<uint16_t>(people), Column<uint16_t>(people)} {
        for (int n = 1; n < 256; n++) shares[n] = (int64_t(1) << 32) / (20 * n);
    }
    double bytes() const override { return 20.0 * people + neighbours_file->bytes(); }

    void reset() override {
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < people; i++) {
            int view = first_opinion(i);
            citizens[i] = {uint32_t(first[i]), view, 0, int16_t(p.start), uint8_t(first[i + 1] - first[i]), uint8_t(in_minority(i))};
            voices[0][i] = std::abs(view) > 1 << 22 ? uint16_t(std::max((view >> 8) + 32768, 1)) : 0;
        }
    }

    void tally(int64_t* heard, size_t low, size_t count, const uint16_t* yesterday) {
        int64_t run[block * 255 + 1];
        for (size_t from = 0; from < count; from += block) {
            size_t to = std::min(from + block, count);
            size_t begin = citizens[low + from].first_tie, end = citizens[low + to - 1].first_tie + citizens[low + to - 1].ties;
            int64_t total = run[0] = 0;
            for (size_t slot = begin; slot < end; slot++) {
                int64_t voice = yesterday[neighbours[slot]];
                total += voice + (int64_t(voice > 0) << 32);
                run[slot - begin + 1] = total;
            }
            for (size_t j = from; j < to; j++) {
                size_t place = citizens[low + j].first_tie - begin;
                heard[j] = run[place + citizens[low + j].ties] - run[place];
            }
        }
    }

    void live_some(uint64_t day, size_t low, size_t count, int64_t* meter) {
        uint32_t luck[3][chunk];
        int64_t heard[chunk];
        uint16_t* today = voices[day & 1].data;
        for (int purpose = 0; purpose < 3; purpose++) {
            uint64_t start = key_of(p.seed, day, purpose + 1) + golden * (low + 1);
            for (size_t j = 0; j < count; j++) luck[purpose][j] = uint32_t(mixed(start + golden * j) >> 32);
        }
        tally(heard, low, count, voices[(day + 1) & 1].data);
        for (size_t j = 0; j < count; j++) {
            Citizen& me = citizens[low + j];
            int64_t speakers = heard[j] >> 32, sum = heard[j] & 0xFFFFFFFF, ties = me.ties, view = me.opinion;
            int group = me.flags & 1, was = me.flags >> 1;
            int points = scored(me.score, lost(luck[0][j], luck[1][j], luck[2][j], group, was)), on_list = list(was, points);
            bool says = std::abs(view) * 10 * ties > (2 * ties + 6 * (ties - speakers) + (points < 800 ? 2 * ties : 0)) << 23;
            view += ((256 * (sum - (speakers << 15)) + 128 * speakers - speakers * view) * shares[speakers]) >> 32;
            me.score = int16_t(points), me.flags = uint8_t(group | on_list << 1), me.opinion = int32_t(view);
            me.wealth += on_list ? 4 : 10;
            today[low + j] = says ? uint16_t(std::max<int64_t>((view >> 8) + 32768, 1)) : 0;
            meter[0] += points, meter[1 + group] += on_list, meter[3] += says, meter[4] += view, meter[5] += (view * view) >> 15;
        }
    }

    Sums live(uint64_t day) override {
        int64_t all[6] = {0};
        size_t chunks = (people + chunk - 1) / chunk;
#pragma omp parallel for schedule(static) reduction(+ : all[:6])
        for (size_t n = 0; n < chunks; n++) live_some(day, n * chunk, std::min(chunk, people - n * chunk), all);
        Sums sums;
        sums.score = all[0], sums.listed[0] = all[1], sums.listed[1] = all[2], sums.speakers = all[3];
        sums.opinion = double(all[4]) / 8388608.0, sums.square = double(all[5]) / 2147483648.0;
        return sums;
    }
};

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

int main(int count, char** words) {
    if (count != 10) { fprintf(stderr, "usage: see the first lines of daystep.cpp\n"); return 2; }
    auto chance = [&](int n) { return uint32_t(atof(words[n]) * 4294967296.0); };
    Parameters p{strtoull(words[4], nullptr, 10), atoi(words[5]), chance(6), chance(7), {chance(8), chance(9)}};
    std::unique_ptr<Society> society;
    if (std::string(words[1]) == "packed") society = std::make_unique<PackedSociety>(words[2], words[3], p);
    else society = std::make_unique<FloatSociety>(words[2], words[3], p);
    double people = double(society->people), minority = 0;
    for (size_t i = 0; i < society->people; i++) minority += society->in_minority(i);
    int days;
    while (scanf("%d", &days) == 1) {
        society->reset();
        Sums sums;
        double wall = seconds(), cpu = double(clock());
        for (int day = 1; day <= days; day++) sums = society->live(day);
        wall = seconds() - wall, cpu = (double(clock()) - cpu) / CLOCKS_PER_SEC;
        double mean = sums.opinion / people;
        printf("{\"wall\": %.9f, \"cpu\": %.6f, \"bytes\": %.1f, \"score\": %.9f, \"listed_majority\": %.9f, \"listed_minority\": %.9f, "
               "\"expressed\": %.9f, \"variance\": %.9f}\n",
               wall, cpu, society->bytes() / people, double(sums.score) / people, double(sums.listed[0]) / (people - minority),
               double(sums.listed[1]) / minority, double(sums.speakers) / people, sums.square / people - mean * mean);
        fflush(stdout);
    }
}
