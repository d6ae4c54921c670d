#include "app/desktop/glfw_backend.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/offscreen.h"

namespace sqlenv::desktop {
namespace {

constexpr int kFramesAfterInput = 3;
constexpr double kRestSeconds = 0.6;  // after which what appears on resting is there
constexpr int kMostCaptureFrames = 600;
constexpr char kGlsl[] = "#version 150";

std::string glfw_reason() {
  const char* description = nullptr;
  glfwGetError(&description);
  return description == nullptr ? "no reason is known" : description;
}

class GlfwBackend : public Backend {
 public:
  GlfwBackend(const WindowOptions& options, App app) : options_(options), app_(std::move(app)) {}
  ~GlfwBackend() override;

  Result<void> open();
  void run() override;
  void reload_fonts() override { stale_fonts_ = true; }
  void next_frame(Take take) override {
    take_ = std::move(take);
    take_in_ = 2;
    input();
  }
  Image capture() override;
  std::pair<int, int> window_size() const override {
    return {static_cast<int>(size_.x), static_cast<int>(size_.y)};
  }

 private:
  void create_imgui();
  void listen();
  void wait();
  void frame();
  void measure();
  void follow_pixel_ratio();
  void input() {
    wanted_ = kFramesAfterInput;
    rested_ = false;
  }
  void pointer_moved(double x, double y);

  static GlfwBackend& of(GLFWwindow* window) {
    return *static_cast<GlfwBackend*>(glfwGetWindowUserPointer(window));
  }

  // Passes an event to Dear ImGui and asks for frames. ask_frames() does only the latter.
  template <auto Handle, class... Args>
  static void pass_on(GLFWwindow* window, Args... args) {
    Handle(window, args...);
    of(window).input();
  }
  template <class... Args>
  static void ask_frames(GLFWwindow* window, Args...) {
    of(window).input();
  }

  WindowOptions options_;
  App app_;
  GLFWwindow* window_ = nullptr;
  std::unique_ptr<Offscreen> offscreen_;
  bool glfw_ready_ = false;
  bool imgui_ready_ = false;
  int wanted_ = kFramesAfterInput;  // frames still to draw
  bool rested_ = false;             // the frame a moment after the last input was drawn
  bool stale_fonts_ = false;
  Take take_;
  int take_in_ = 0;  // frames
  float pixel_ratio_ = 0;
  ImVec2 size_;     // logical pixels
  ImVec2 pointer_;  // logical pixels for each unit in which GLFW gives positions
};

GlfwBackend::~GlfwBackend() {
  if (imgui_ready_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  offscreen_.reset();
  if (window_ != nullptr) glfwDestroyWindow(window_);
  if (glfw_ready_) glfwTerminate();
}

Result<void> GlfwBackend::open() {
  if (glfwInit() != GLFW_TRUE)
    return fail(ErrorCode::kInternal, "no window system can be reached (" + glfw_reason() +
                                          "). Run it on a desktop, or under xvfb-run.");
  glfw_ready_ = true;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, options_.offscreen ? GLFW_FALSE : GLFW_TRUE);
  window_ =
      glfwCreateWindow(options_.width, options_.height, options_.title.c_str(), nullptr, nullptr);
  if (window_ == nullptr)
    return fail(ErrorCode::kInternal,
                "no window with OpenGL 3.2 can be opened (" + glfw_reason() +
                    "). Install a graphics driver, such as Debian's libgl1-mesa-dri.");
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(options_.offscreen ? 0 : 1);
  measure();
  if (options_.offscreen) {
    Result<std::unique_ptr<Offscreen>> target = Offscreen::create(
        static_cast<int>(size_.x * pixel_ratio_), static_cast<int>(size_.y * pixel_ratio_));
    if (!target) return fail(target.error());
    offscreen_ = std::move(*target);
  }
  create_imgui();
  listen();
  return {};
}

void GlfwBackend::create_imgui() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  app_.load_fonts(pixel_ratio_);
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
  ImGui_ImplOpenGL3_Init(kGlsl);
  imgui_ready_ = true;
}

void GlfwBackend::listen() {
  glfwSetWindowUserPointer(window_, this);
  glfwSetWindowFocusCallback(window_, pass_on<ImGui_ImplGlfw_WindowFocusCallback>);
  glfwSetCursorEnterCallback(window_, pass_on<ImGui_ImplGlfw_CursorEnterCallback>);
  glfwSetMouseButtonCallback(window_, pass_on<ImGui_ImplGlfw_MouseButtonCallback>);
  glfwSetScrollCallback(window_, pass_on<ImGui_ImplGlfw_ScrollCallback>);
  glfwSetKeyCallback(window_, pass_on<ImGui_ImplGlfw_KeyCallback>);
  glfwSetCharCallback(window_, pass_on<ImGui_ImplGlfw_CharCallback>);
  glfwSetCursorPosCallback(
      window_, [](GLFWwindow* window, double x, double y) { of(window).pointer_moved(x, y); });
  glfwSetDropCallback(window_, [](GLFWwindow* window, int count, const char** paths) {
    for (int i = 0; i < count; ++i) of(window).app_.dropped(paths[i]);
    of(window).input();
  });
  glfwSetWindowRefreshCallback(window_, ask_frames<>);
  glfwSetFramebufferSizeCallback(window_, ask_frames<int, int>);
  glfwSetWindowContentScaleCallback(window_, ask_frames<float, float>);
}

void GlfwBackend::pointer_moved(double x, double y) {
  ImGui_ImplGlfw_CursorPosCallback(window_, x * static_cast<double>(pointer_.x),
                                   y * static_cast<double>(pointer_.y));
  input();
}

// The device pixels of a logical pixel. GLFW's content scale says so, but the unit of a window's
// size depends on the window system: device pixels on some, logical pixels on others.
void GlfwBackend::measure() {
  float scale = options_.pixel_ratio;
  if (scale <= 0) glfwGetWindowContentScale(window_, &scale, nullptr);
  pixel_ratio_ = std::clamp(scale, 0.25f, 8.0f);
  if (options_.offscreen) {
    size_ = ImVec2(static_cast<float>(options_.width), static_cast<float>(options_.height));
    return;
  }
  int pixel_width = 0;
  int pixel_height = 0;
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window_, &pixel_width, &pixel_height);
  glfwGetWindowSize(window_, &width, &height);
  size_ = ImVec2(static_cast<float>(pixel_width) / pixel_ratio_,
                 static_cast<float>(pixel_height) / pixel_ratio_);
  pointer_ = ImVec2(size_.x / static_cast<float>(std::max(1, width)),
                    size_.y / static_cast<float>(std::max(1, height)));
}

void GlfwBackend::follow_pixel_ratio() {
  const float before = pixel_ratio_;
  measure();
  if (pixel_ratio_ == before && !std::exchange(stale_fonts_, false)) return;
  app_.load_fonts(pixel_ratio_);
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void GlfwBackend::frame() {
  follow_pixel_ratio();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = size_;
  io.DisplayFramebufferScale = ImVec2(pixel_ratio_, pixel_ratio_);
  ImGui::NewFrame();
  app_.draw();
  ImGui::Render();
  if (offscreen_) offscreen_->bind();
  glViewport(0, 0, static_cast<int>(size_.x * pixel_ratio_),
             static_cast<int>(size_.y * pixel_ratio_));
  const ImVec4& back = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(back.x, back.y, back.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (take_in_ > 0 && --take_in_ == 0) {
    int pixels[4];
    glGetIntegerv(GL_VIEWPORT, pixels);
    std::exchange(take_, {})(read_pixels(pixels[2], pixels[3]), pixel_ratio_);
  }
  if (!offscreen_) glfwSwapBuffers(window_);
  wanted_ = std::max(0, wanted_ - 1);
}

void GlfwBackend::wait() {
  if (wanted_ > 0 || app_.animating()) return glfwPollEvents();
  if (rested_) return glfwWaitEvents();
  glfwWaitEventsTimeout(kRestSeconds);
  if (wanted_ > 0) return;
  wanted_ = 1;
  rested_ = true;
}

void GlfwBackend::run() {
  while (!glfwWindowShouldClose(window_)) {
    wait();
    if (wanted_ > 0 || app_.animating()) frame();
  }
}

Image GlfwBackend::capture() {
  for (int i = 0; i < kMostCaptureFrames && (i < kFramesAfterInput + 1 || app_.animating()); ++i)
    frame();
  return offscreen_->read();
}

}  // namespace

void wake_glfw_backend() { glfwPostEmptyEvent(); }

Result<std::unique_ptr<Backend>> open_glfw_backend(const WindowOptions& options, App app) {
  auto backend = std::make_unique<GlfwBackend>(options, std::move(app));
  if (Result<void> opened = backend->open(); !opened) return fail(opened.error());
  return backend;
}

}  // namespace sqlenv::desktop
