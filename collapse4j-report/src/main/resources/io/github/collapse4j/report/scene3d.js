"use strict";
/* A rotatable 3-D scene, drawn by three.js; callers add objects to its world. */
const Scene3d = (() => {
  const live = [];

  /** A label of a few letters that always faces the viewer. */
  function label(text, size = 0.17) {
    const canvas = document.createElement("canvas"), width = Math.max(64, 20 * text.length);
    canvas.width = width;
    canvas.height = 64;
    const sprite = new THREE.Sprite(new THREE.SpriteMaterial({ map: new THREE.CanvasTexture(canvas), depthTest: false }));
    sprite.scale.set(size * width / 64, size, 1);
    return { sprite, paint(colour) {
      const pen = canvas.getContext("2d");
      pen.clearRect(0, 0, width, 64);
      pen.font = "bold " + (text.length > 2 ? 30 : 46) + "px sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = colour;
      pen.fillText(text, width / 2, 34, width);
      sprite.material.map.needsUpdate = true;
    } };
  }

  /**
   * Draws into a host element. Throws if the browser has no WebGL; nothing throws later.
   * extent: the size of what is in the world, from its middle. zoomable: by pinching, by + and −, and by the wheel while
   * the picture has the focus, so that a page can still be scrolled past it. recolour(): paints the world for the theme.
   */
  function create(host, { description, extent, zoomable, recolour }) {
    const renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true });
    renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(36, 1, 0.1, 40), world = new THREE.Group();
    const light = new THREE.DirectionalLight(0xffffff, 1.6);
    light.position.set(1.5, 2.5, 3);
    scene.add(world, light, new THREE.HemisphereLight(0xffffff, 0x8890a0, 1.7));

    const home = { yaw: 0.55, pitch: 0.38, near: 1 };
    let { yaw, pitch, near } = home, gone = false;
    function draw() {
      if (gone) return;
      world.rotation.set(pitch, yaw, 0, "XYZ");
      renderer.render(scene, camera);
    }
    function place() {
      const { clientWidth: w, clientHeight: h } = host;
      camera.aspect = w / h;
      camera.position.set(0, 0, (0.8 + 2.9 * Math.min(extent, 3)) * Math.max(h / w, 1) / near);
      camera.updateProjectionMatrix();
      draw();
    }
    function resize() {
      if (gone) return;
      renderer.setSize(host.clientWidth, host.clientHeight, false);
      place();
    }
    const turn = (dx, dy) => {
      yaw += dx;
      pitch = Math.min(Math.max(pitch + dy, -1.5), 1.5);
      draw();
    };
    const zoom = (factor) => {
      near = Math.min(Math.max(near * factor, 0.5), 8);
      place();
    };
    const reset = () => {
      ({ yaw, pitch, near } = home);
      place();
    };

    const canvas = renderer.domElement, fingers = new Map();
    for (const [name, value] of Object.entries({ tabindex: 0, role: "img", "aria-label": description })) canvas.setAttribute(name, value);
    const spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y) || 1; };
    canvas.addEventListener("pointerdown", (e) => {
      canvas.setPointerCapture(e.pointerId);
      fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (e) => fingers.delete(e.pointerId));
    canvas.addEventListener("pointermove", (e) => {
      if (!fingers.has(e.pointerId)) return;
      const before = fingers.size === 2 ? spread() : 0;
      fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
      if (before && zoomable) zoom(spread() / before);
      else if (fingers.size === 1) turn(e.movementX * 0.009, e.pointerType === "touch" ? 0 : e.movementY * 0.009);
    });
    canvas.addEventListener("keydown", (e) => {
      const by = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[e.key];
      const closer = zoomable && { "+": 1.15, "=": 1.15, "-": 1 / 1.15 }[e.key];
      if (by || closer) e.preventDefault();
      if (by) turn(...by);
      if (closer) zoom(closer);
    });
    if (zoomable) canvas.addEventListener("wheel", (e) => {
      if (document.activeElement !== canvas && !e.ctrlKey) return;
      e.preventDefault();
      zoom(Math.exp(-0.0015 * e.deltaY));
    }, { passive: false });

    function paint() {
      if (gone) return;
      recolour();
      draw();
    }
    host.append(canvas);
    Page.onSize(host, resize);
    Page.onTheme(paint, host);
    function dispose() {
      gone = true;
      scene.traverse((thing) => {
        if (thing.geometry) thing.geometry.dispose();
        if (thing.material) {
          if (thing.material.map) thing.material.map.dispose();
          thing.material.dispose();
        }
      });
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    }
    const made = { world, canvas, draw, resize, paint, zoom, reset, dispose };
    live.push({ host, scene: made });
    return made;
  }

  /** Frees the scenes inside a node: browsers limit the number of WebGL contexts. */
  function discard(node) {
    for (let i = live.length - 1; i >= 0; i--) if (node.contains(live[i].host)) live.splice(i, 1)[0].scene.dispose();
  }

  return { create, label, discard, live };
})();
